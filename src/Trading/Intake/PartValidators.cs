using FluentValidation;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Intake;

public sealed class DocumentsValidator : AbstractValidator<Documents>
{
    public DocumentsValidator()
    {
        RuleFor(d => d.AvailableUntil).GreaterThan(d => d.AvailableFrom);
        RuleFor(d => d.Method).NotEmpty().MaximumLength(Lengths.Prose);
    }
}

public sealed class SubmissionValidator : AbstractValidator<Submission>
{
    public SubmissionValidator() => RuleFor(s => s.Method).MaximumLength(Lengths.Prose);
}

public sealed class OpeningPlanValidator : AbstractValidator<OpeningPlan>
{
    public OpeningPlanValidator()
    {
        RuleFor(o => o.Place).MaximumLength(Lengths.Line);
        RuleFor(o => o.Method).MaximumLength(Lengths.Prose);
    }
}

public sealed class ProjectLeaderValidator : AbstractValidator<ProjectLeader>
{
    public ProjectLeaderValidator()
    {
        RuleFor(l => l.Name).NotEmpty().MaximumLength(100);
        RuleFor(l => l.Certificate).MaximumLength(Lengths.Name);
    }
}

public sealed class SupplyValidator : AbstractValidator<Supply>
{
    public SupplyValidator()
    {
        RuleFor(s => s.Name).NotEmpty().MaximumLength(Lengths.Name);
        RuleFor(s => s.Specification).MaximumLength(Lengths.Prose);
        RuleFor(s => s.Quantity).MaximumLength(Lengths.Name);
        RuleFor(s => s.Service).MaximumLength(Lengths.Prose);
    }
}

/// <summary>Checks of form that several bodies share.</summary>
public static class FormChecks
{
    public static void Lots<T>(this IRuleBuilder<T, IReadOnlyList<LotId>?> rule) =>
        rule.SetValidator(new CountValidator<T, LotId>(1, Lengths.Lots)).WithErrorCode("LotCount");

    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> AtMost<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, int most) =>
        rule.SetValidator(new CountValidator<T, TItem>(0, most));

    public static void Ordered<T>(this IRuleBuilder<T, Period> rule) =>
        rule.Must(period => period is null || period.IsOrdered).WithErrorCode("PeriodOrder");

    public static IRuleBuilderOptions<T, string> Decimal<T>(this IRuleBuilder<T, string> rule) =>
        rule.Matches(@"^(0|[1-9]\d{0,13})(\.\d{1,6})?\z").WithErrorCode("Decimal");
}
