using FluentValidation;
using FluentValidation.Validators;

namespace Trading.Intake;

/// <summary>How many items a list may hold, when there is one; the OpenAPI document reads it as the length of the list.</summary>
public sealed class CountValidator<T, TItem>(int least, int most) : PropertyValidator<T, IReadOnlyList<TItem>?>, ILengthValidator
{
    public override string Name => "TooMany";

    public int Min => least;

    public int Max => most;

    public override bool IsValid(ValidationContext<T> context, IReadOnlyList<TItem>? value) =>
        value is null || value.Count >= least && value.Count <= most;
}
