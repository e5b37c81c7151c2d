using JasperFx.Events.Projections;
using Marten;
using Marten.Schema;
using NpgsqlTypes;
using Trading.Events;
using Trading.Vault;
using Weasel.Postgresql.Tables;

namespace Trading.Projections;

/// <summary>Every view there is, and when it is made.</summary>
public static class Register
{
    public const string Boards = "boards";

    // What the daemon makes of it.
    public const string BoardsProgress = Boards + ":All";

    public const string ProcedurePages = "procedure-pages", ProcedureBoard = "procedure-board", ProcedureVersions = "procedure-versions",
        PartyBoard = "party-board", NoticeBoard = "notice-board", AlertBoard = "alert-board";

    /// <summary>The views by the names an operator calls them.</summary>
    public static IReadOnlyList<View> Views { get; } =
    [
        View.Of(ProcedurePages, 1, "id", null, ProcedureFold.Pages),
        View.Of(ProcedureBoard, 1, "id", BoardsProgress, ProcedureRow.Of),
        View.Of<ProcedureVersion>(ProcedureVersions, 1, "procedure_id", BoardsProgress, ProcedureVersion.Of),
        View.Of<PartyVersion>(PartyBoard, 1, "procedure_id", BoardsProgress, PartyVersion.Of),
        View.Of<NoticeRow>(NoticeBoard, 2, "procedure_id", BoardsProgress, NoticeRow.Of, NoticeRow.Complete),
        View.Of(AlertBoard, 1, "id", null, AlertBoardProjection.Rows),
    ];

    /// <summary>The version of each view that this build makes and answers from.</summary>
    public static IReadOnlyDictionary<string, int> Versions { get; } = Views.ToDictionary(view => view.Name, view => view.Version);

    public static void AddViews(this StoreOptions options, Func<PersonalVault> vault)
    {
        foreach (var kind in Catalogue.All) options.Events.MapEventType(kind.Type, kind.WireName);
        foreach (var kind in Catalogue.Alerts) options.Events.MapEventType(kind.Type, kind.WireName);

        // Inline: whoever has posted reads his procedure back at once.
        options.Projections.Add(new ProcedurePageProjection(), ProjectionLifecycle.Inline);
        options.Projections.Add(new AlertBoardProjection(), ProjectionLifecycle.Inline);

        // Async: lists may be behind by the blink of an eye; one pass over the events serves all.
        options.Projections.Add(new BoardsProjection(vault), ProjectionLifecycle.Async, Boards, boards =>
        {
            foreach (var view in Views.Where(view => view.Progress is BoardsProgress)) boards.DeleteViewTypeOnTeardown(view.Row);
        });

        // Lists look rows up by their terms and read them in an order: no other column has an index of its own. What is equal stands in the order
        // of its id, or a page would sort all that have no deadline; and all that facets and statistics count by, and sum, stands in one index, a tenth of its table.
        options.Columns<NoticeRow>(
            nameof(NoticeRow.PublishedAt), nameof(NoticeRow.Type), nameof(NoticeRow.Category), nameof(NoticeRow.Region), nameof(NoticeRow.Centre), nameof(NoticeRow.Deadline),
            nameof(NoticeRow.Amount), nameof(NoticeRow.DeadlineOrder), nameof(NoticeRow.AmountOrder), nameof(NoticeRow.EventVersion), nameof(NoticeRow.RecordedAt), nameof(NoticeRow.Wording));
        options.Schema.For<NoticeRow>().Metadata(m => m.DisableInformationalFields())
            .Duplicate(row => row.ProcedureId)
            .Index([row => row.PublishedAt, row => row.Id]).Index([row => row.DeadlineOrder, row => row.Id]).Index([row => row.AmountOrder, row => row.Id])
            .Index([row => row.Type, row => row.Category, row => row.Region, row => row.Centre, row => row.PublishedAt], index => Covers(index, "mt_doc_noticerow_idx_counted", "amount", "recorded_at", "procedure_id", "event_version"))
            .Duplicate(row => row.Terms, "integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, Inverted);
        options.Columns<ProcedureVersion>(
            nameof(ProcedureVersion.PublishedAt), nameof(ProcedureVersion.Category), nameof(ProcedureVersion.Stage), nameof(ProcedureVersion.Status), nameof(ProcedureVersion.Region),
            nameof(ProcedureVersion.Centre), nameof(ProcedureVersion.Deadline), nameof(ProcedureVersion.Estimated), nameof(ProcedureVersion.Awarded), nameof(ProcedureVersion.Amount), nameof(ProcedureVersion.DeadlineOrder), nameof(ProcedureVersion.AmountOrder),
            nameof(ProcedureVersion.EventVersion), nameof(ProcedureVersion.RecordedAt), nameof(ProcedureVersion.SupersededBy), nameof(ProcedureVersion.SupersededAt), nameof(ProcedureVersion.Wording));
        options.Schema.For<ProcedureVersion>().Metadata(m => m.DisableInformationalFields())
            .Duplicate(row => row.ProcedureId)
            .Index([row => row.PublishedAt, row => row.Id]).Index([row => row.DeadlineOrder, row => row.Id]).Index([row => row.AmountOrder, row => row.Id])
            .Index(
                [row => row.Stage, row => row.Status, row => row.Category, row => row.Region, row => row.Centre, row => row.PublishedAt],
                index => Covers(index, "mt_doc_procedureversion_idx_counted", "estimated", "awarded", "recorded_at", "superseded_at", "procedure_id", "event_version", "superseded_by"))
            .Duplicate(row => row.Terms, "integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, Inverted);
        options.Columns<ProcedureRow>(
            nameof(ProcedureRow.PublishedAt), nameof(ProcedureRow.Category), nameof(ProcedureRow.Stage), nameof(ProcedureRow.Status), nameof(ProcedureRow.Region), nameof(ProcedureRow.Centre),
            nameof(ProcedureRow.Deadline), nameof(ProcedureRow.Estimated), nameof(ProcedureRow.Awarded), nameof(ProcedureRow.Amount), nameof(ProcedureRow.DeadlineOrder), nameof(ProcedureRow.AmountOrder), nameof(ProcedureRow.Wording));
        options.Schema.For<ProcedureRow>().Metadata(m => m.DisableInformationalFields())
            .Index([row => row.PublishedAt, row => row.Id]).Index([row => row.DeadlineOrder, row => row.Id]).Index([row => row.AmountOrder, row => row.Id])
            .Index([row => row.Stage, row => row.Status, row => row.Category, row => row.Region, row => row.Centre, row => row.PublishedAt], index => Covers(index, "mt_doc_procedurerow_idx_counted", "estimated", "awarded"))
            .Duplicate(row => row.Terms, "integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, Inverted);
        // All that is asked of a party stands in one index, the latest last.
        options.Columns<PartyVersion>([.. typeof(PartyVersion).GetProperties().Select(member => member.Name).Where(name => name is not nameof(PartyVersion.Id))]);
        options.Schema.For<PartyVersion>().Metadata(m => m.DisableInformationalFields())
            .Index(row => row.ProcedureId)
            .Index(
                [row => row.CreditCode, row => row.LastAt, row => row.ProcedureId],
                index => Covers(index, "mt_doc_partyversion_idx_counted", "role", "name", "category", "lots", "amount", "first_at", "event_version", "recorded_at", "superseded_by", "superseded_at"));
        options.Schema.For<AlertRow>()
            .Duplicate(row => row.ProcedureId).Duplicate(row => row.Category).Duplicate(row => row.Region).Duplicate(row => row.Centre)
            .Duplicate(row => row.Rule).Duplicate(row => row.Light).Duplicate(row => row.State).Duplicate(row => row.Since).Duplicate(row => row.DueAt);
    }

    /// <summary>Columns that conditions and orders read, with no index of their own.</summary>
    private static void Columns<TRow>(this StoreOptions options, params string[] members) => options.Policies.ForAllDocuments(mapping =>
    {
        if (mapping.DocumentType != typeof(TRow)) return;
        foreach (var member in members) mapping.DuplicateField(member);
    });

    private static void Covers(ComputedIndex index, string name, params string[] sums) => (index.Name, index.IncludeColumns) = (name, sums);

    private static void Inverted(DocumentIndex index) => index.Method = IndexMethod.gin;
}
