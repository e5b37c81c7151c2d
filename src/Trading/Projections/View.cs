using JasperFx.Events;
using Marten;
using Trading.Kernel;
using Trading.Vault;

namespace Trading.Projections;

/// <summary>A view, and how the part of it that tells of some procedures is made anew from their events.</summary>
/// <param name="Name">As the operator calls it.</param>
/// <param name="Version">Of what its rows mean: raised whenever the same events make other rows, which are then rebuilt.</param>
/// <param name="Procedure">The column that says of which procedure a row tells.</param>
/// <param name="Progress">What the daemon calls its progress with the view; null for one that is made together with the events.</param>
public abstract record View(string Name, int Version, Type Row, string Procedure, string? Progress)
{
    /// <summary>Whether its rows hold what only the vault can open.</summary>
    public abstract bool NeedsVault { get; }

    /// <summary>The rows of these procedures.</summary>
    public abstract Task<IReadOnlyList<object>> Rows(IEnumerable<Lifecycle> lives, PersonalVault vault, CancellationToken ct);

    /// <summary>Stores what the view has to say of these procedures, as far as new events have changed it.</summary>
    public abstract Task Store(IDocumentOperations session, IEnumerable<Lifecycle> lives, PersonalVault vault, CancellationToken ct);

    /// <summary>The rows of one procedure, without what does not stand in events.</summary>
    public abstract IEnumerable<object> RowsOf(Lifecycle life);

    /// <param name="rows">The rows of one procedure.</param>
    /// <param name="complete">Puts in what does not stand in events.</param>
    public static View Of<TRow>(
        string name, int version, string procedure, string? progress, Func<Lifecycle, IEnumerable<TRow>> rows, Func<IReadOnlyList<TRow>, PersonalVault, CancellationToken, Task<IReadOnlyList<TRow>>>? complete = null)
        where TRow : notnull => new Typed<TRow>(name, version, procedure, progress, rows, complete);

    /// <param name="rows">The rows of one procedure from all its events in order.</param>
    public static View Of<TRow>(string name, int version, string procedure, string? progress, Func<IEnumerable<IEvent>, IEnumerable<TRow>> rows)
        where TRow : notnull => Of(name, version, procedure, progress, (Lifecycle life) => rows(life.Events));

    private sealed record Typed<TRow>(
        string Name, int Version, string Procedure, string? Progress, Func<Lifecycle, IEnumerable<TRow>> Make, Func<IReadOnlyList<TRow>, PersonalVault, CancellationToken, Task<IReadOnlyList<TRow>>>? Complete)
        : View(Name, Version, typeof(TRow), Procedure, Progress) where TRow : notnull
    {
        public override bool NeedsVault => Complete is not null;

        public override async Task<IReadOnlyList<object>> Rows(IEnumerable<Lifecycle> lives, PersonalVault vault, CancellationToken ct) => [.. await Completed(lives, vault, ct)];

        public override async Task Store(IDocumentOperations session, IEnumerable<Lifecycle> lives, PersonalVault vault, CancellationToken ct) =>
            session.Store<TRow>(await Completed(lives, vault, ct));

        private async Task<IReadOnlyList<TRow>> Completed(IEnumerable<Lifecycle> lives, PersonalVault vault, CancellationToken ct)
        {
            IReadOnlyList<TRow> rows = [.. lives.SelectMany(Made)];
            return [.. (Complete is null ? rows : await Complete(rows, vault, ct)).Where(IsFolded)];
        }

        /// <summary>What a row is found by is folded when it is stored; where that fails the row stays as it was.</summary>
        private bool IsFolded(TRow row)
        {
            try
            {
                return row is not IWorded { Wording: null };
            }
            catch (Exception wrong) when (row is IWorded { Id: var id } && Defects.Report(id, Name, wrong))
            {
                return false;
            }
        }

        /// <summary>One procedure of which the view can say nothing must not keep it from telling of the others.</summary>
        private IReadOnlyList<TRow> Made(Lifecycle life)
        {
            try
            {
                return [.. Make(life)];
            }
            catch (Exception wrong) when (Defects.Report(life.Events[^1].Id, Name, wrong))
            {
                return [];
            }
        }

        public override IEnumerable<object> RowsOf(Lifecycle life) => Make(life).Cast<object>();
    }
}
