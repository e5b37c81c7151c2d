namespace Trading.Kernel;

/// <summary>One way in which a written value can fail its standard.</summary>
/// <param name="Code">Stable identifier clients may branch on, <c>value.defect</c>. Never renamed, never reused.</param>
public sealed record Flaw(string Code, Wording Wording)
{
    public Flaw(string code, string zh, string en) : this(code, new Wording(zh, en)) { }
}

/// <summary>Thrown where text does not have the form its standard demands; carries the flaw.</summary>
public sealed class InvalidValueException : FormatException
{
    public InvalidValueException(Flaw flaw) : base(flaw.Wording.En)
    {
        Flaw = flaw;
        // System.Text.Json turns a FormatException of this source into a JsonException with the path; without it, what a checking
        // constructor throws while a body is read is no JsonException (FlawTests).
        Source = "System.Text.Json.Rethrowable";
    }

    public Flaw Flaw { get; }
}
