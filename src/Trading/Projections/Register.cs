using JasperFx.Events.Projections;
using Marten;
using Marten.Schema;
using NpgsqlTypes;
using Trading.Events;
using Weasel.Postgresql.Tables;

namespace Trading.Projections;

/// <summary>Every view there is, and when it is made.</summary>
public static class Register
{
    public const string Boards = "boards";

    // The members of a composite advance together, under its name.
    public const string BoardsProgress = Boards + ":All";

    /// <summary>The views by the names an operator calls them.</summary>
    public static IReadOnlyList<View> Views { get; } =
    [
        View.Of("procedure-pages", "id", null, ProcedureFold.Pages),
        View.Of("procedure-board", "id", BoardsProgress, ProcedureBoardProjection.Rows),
        View.Of("procedure-versions", "procedure_id", BoardsProgress, ProcedureVersion.Of),
        View.Of("notice-board", "procedure_id", BoardsProgress, NoticeBoardProjection.Rows),
        View.Of("alert-board", "id", null, AlertBoardProjection.Rows),
    ];

    public static void AddViews(this StoreOptions options)
    {
        foreach (var kind in Catalogue.All) options.Events.MapEventType(kind.Type, kind.WireName);
        foreach (var kind in Catalogue.Alerts) options.Events.MapEventType(kind.Type, kind.WireName);

        // Inline: whoever has posted reads his procedure back at once.
        options.Projections.Add(new ProcedurePageProjection(), ProjectionLifecycle.Inline);
        options.Projections.Add(new AlertBoardProjection(), ProjectionLifecycle.Inline);

        // Async: lists may be behind by the blink of an eye; one pass over the events serves both.
        options.Projections.CompositeProjectionFor(Boards, boards =>
        {
            boards.Add(new NoticeBoardProjection(), 1);
            boards.Add(new ProcedureBoardProjection(), 1);
            boards.Add(new ProcedureVersionsProjection(), made => made.DeleteViewTypeOnTeardown<ProcedureVersion>(), 1);
        });

        // What is equal stands in the order of its id, or a page would sort all that have no deadline; and all that facets and statistics count
        // by, and sum, stands in one index, a tenth of its table.
        options.Schema.For<NoticeRow>()
            .Duplicate(row => row.PublishedAt).Duplicate(row => row.Type).Duplicate(row => row.Category).Duplicate(row => row.Region)
            .Duplicate(row => row.Centre).Duplicate(row => row.Deadline!).Duplicate(row => row.Amount!).Duplicate(row => row.ProcedureId)
            .Duplicate(row => row.DeadlineOrder).Duplicate(row => row.AmountOrder).Duplicate(row => row.EventVersion).Duplicate(row => row.RecordedAt)
            .Index([row => row.PublishedAt, row => row.Id]).Index([row => row.DeadlineOrder, row => row.Id]).Index([row => row.AmountOrder, row => row.Id])
            .Index([row => row.Type, row => row.Category, row => row.Region, row => row.Centre, row => row.PublishedAt], index => Covers(index, "mt_doc_noticerow_idx_counted", "amount", "recorded_at", "procedure_id", "event_version"))
            .Duplicate(row => row.Terms, "integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, Inverted);
        options.Schema.For<ProcedureVersion>()
            .Duplicate(row => row.PublishedAt).Duplicate(row => row.Category).Duplicate(row => row.Stage).Duplicate(row => row.Status)
            .Duplicate(row => row.Region).Duplicate(row => row.Centre).Duplicate(row => row.Deadline!).Duplicate(row => row.Amount!).Duplicate(row => row.ProcedureId)
            .Duplicate(row => row.DeadlineOrder).Duplicate(row => row.AmountOrder).Duplicate(row => row.EventVersion).Duplicate(row => row.RecordedAt)
            .Duplicate(row => row.SupersededBy!).Duplicate(row => row.SupersededAt!)
            .Index([row => row.PublishedAt, row => row.Id]).Index([row => row.DeadlineOrder, row => row.Id]).Index([row => row.AmountOrder, row => row.Id])
            .Index(
                [row => row.Stage, row => row.Status, row => row.Category, row => row.Region, row => row.Centre, row => row.PublishedAt],
                index => Covers(index, "mt_doc_procedureversion_idx_counted", "estimated", "awarded", "recorded_at", "superseded_at", "procedure_id", "event_version", "superseded_by"))
            .Duplicate(row => row.Terms, "integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, Inverted);
        options.Schema.For<ProcedureRow>()
            .Duplicate(row => row.PublishedAt).Duplicate(row => row.Category).Duplicate(row => row.Stage).Duplicate(row => row.Status)
            .Duplicate(row => row.Region).Duplicate(row => row.Centre).Duplicate(row => row.Deadline!).Duplicate(row => row.Amount!)
            .Duplicate(row => row.DeadlineOrder).Duplicate(row => row.AmountOrder)
            .Index([row => row.PublishedAt, row => row.Id]).Index([row => row.DeadlineOrder, row => row.Id]).Index([row => row.AmountOrder, row => row.Id])
            .Index([row => row.Stage, row => row.Status, row => row.Category, row => row.Region, row => row.Centre, row => row.PublishedAt], index => Covers(index, "mt_doc_procedurerow_idx_counted", "estimated", "awarded"))
            .Duplicate(row => row.Terms, "integer[]", NpgsqlDbType.Array | NpgsqlDbType.Integer, Inverted);
        // Summed, and never looked up: no index of their own.
        options.Policies.ForAllDocuments(mapping =>
        {
            if (mapping.DocumentType != typeof(ProcedureRow) && mapping.DocumentType != typeof(ProcedureVersion)) return;
            mapping.DuplicateField(nameof(ProcedureRow.Estimated));
            mapping.DuplicateField(nameof(ProcedureRow.Awarded));
        });
        options.Schema.For<AlertRow>()
            .Duplicate(row => row.ProcedureId).Duplicate(row => row.Category).Duplicate(row => row.Region).Duplicate(row => row.Centre)
            .Duplicate(row => row.Rule).Duplicate(row => row.Light).Duplicate(row => row.State).Duplicate(row => row.Since).Duplicate(row => row.DueAt);
    }

    private static void Covers(ComputedIndex index, string name, params string[] sums) => (index.Name, index.IncludeColumns) = (name, sums);

    private static void Inverted(DocumentIndex index) => index.Method = IndexMethod.gin;
}
