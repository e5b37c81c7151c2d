using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>Given facts, when a decision is asked for, then facts or a refusal.</summary>
internal static class Spec
{
    public static Past<TState> Given<TState>(params IEnumerable<object> facts) where TState : class, IFolded<TState> =>
        new(Folded<TState>(facts));

    /// <summary>The state after these facts, each read back from the store.</summary>
    public static TState Folded<TState>(params IEnumerable<object> facts) where TState : class, IFolded<TState> =>
        facts.Select(Stored.Reread).Aggregate((TState?)null, TState.Fold)
        ?? throw new InvalidOperationException("The facts make no state; begin with a registration.");

    public sealed class Past<TState>(TState state)
    {
        public Answer When(Func<TState, Decision> decide) => new(decide(state));
    }

    public sealed class Answer(Decision decision)
    {
        /// <summary>Compared as stored and read back: records compare lists by reference, and what does not survive its own JSON is lost.</summary>
        public Answer Then(params IEnumerable<object> facts)
        {
            Assert.Equal(facts.Select(Stored.Write), Accepted.Facts.Select(fact => Stored.Write(Stored.Reread(fact))));
            return this;
        }

        public void ThenRefused(string code)
        {
            var refused = Assert.IsType<Decision.Refused>(decision);
            Assert.Equal(code, refused.Finding.Rule.Code);
        }

        /// <summary>Exactly these rules gave a warning.</summary>
        public Answer ThenWarned(params IEnumerable<string> codes)
        {
            Assert.Equal(codes, Accepted.Verdicts.Where(v => v.Outcome is VerdictOutcome.Violation).Select(v => v.Rule).Distinct());
            return this;
        }

        /// <summary>These rules of law were looked at and found kept.</summary>
        public Answer Keeping(params IEnumerable<string> codes)
        {
            var kept = Accepted.Verdicts.Where(v => v.Outcome is VerdictOutcome.Compliant).Select(v => v.Rule).ToHashSet();
            Assert.True(kept.IsSupersetOf(codes), $"kept: {string.Join(", ", kept)}; expected among them: {string.Join(", ", codes)}");
            return this;
        }

        public IReadOnlyList<object> Facts => Accepted.Facts;

        private Decision.Accepted Accepted => decision is Decision.Refused refused
            ? throw new Xunit.Sdk.XunitException($"Refused by {refused.Finding.Rule.Code}: {string.Join(", ", refused.Finding.Facts)}")
            : (Decision.Accepted)decision;
    }
}
