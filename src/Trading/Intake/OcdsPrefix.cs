namespace Trading.Intake;

/// <summary>The publisher's registered OCDS prefix, <c>ocds-</c> and six characters.</summary>
public sealed record OcdsPrefix(string Text)
{
    public string Of(Guid procedureId) => $"{Text}-{procedureId}";
}
