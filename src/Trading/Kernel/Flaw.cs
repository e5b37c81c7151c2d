namespace Trading.Kernel;

/// <summary>One way in which a written value can fail its standard.</summary>
/// <param name="Code">Stable identifier clients may branch on, <c>value.defect</c>. Never renamed, never reused.</param>
public sealed record Flaw(string Code, Wording Wording)
{
    public Flaw(string code, string zh, string en) : this(code, new Wording(zh, en)) { }
}

/// <summary>Thrown where text does not have the form its standard demands; carries the flaw.</summary>
public sealed class InvalidValueException(Flaw flaw) : FormatException(flaw.Wording.En)
{
    public Flaw Flaw { get; } = flaw;
}
