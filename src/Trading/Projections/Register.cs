using JasperFx.Events.Projections;
using Marten;
using Trading.Events;

namespace Trading.Projections;

/// <summary>Every view there is, and when it is made.</summary>
public static class Register
{
    public const string Boards = "boards";

    public static void AddViews(this StoreOptions options)
    {
        foreach (var kind in Catalogue.All) options.Events.MapEventType(kind.Type, kind.WireName);

        // Inline: whoever has posted reads his procedure back at once.
        options.Projections.Add(new ProcedurePageProjection(), ProjectionLifecycle.Inline);

        // Async: lists may be behind by the blink of an eye; one pass over the events serves both.
        options.Projections.CompositeProjectionFor(Boards, boards =>
        {
            boards.Add(new NoticeBoardProjection(), 1);
            boards.Add(new ProcedureBoardProjection(), 1);
        });

        options.Schema.For<NoticeRow>()
            .Duplicate(row => row.PublishedAt).Duplicate(row => row.Type).Duplicate(row => row.Category).Duplicate(row => row.Region)
            .Duplicate(row => row.Centre).Duplicate(row => row.Deadline!).Duplicate(row => row.Amount!).Duplicate(row => row.ProcedureId)
            .GinIndexJsonData();
        options.Schema.For<ProcedureRow>()
            .Duplicate(row => row.PublishedAt).Duplicate(row => row.Category).Duplicate(row => row.Stage).Duplicate(row => row.Status)
            .Duplicate(row => row.Region).Duplicate(row => row.Centre).Duplicate(row => row.Deadline!).Duplicate(row => row.Amount!)
            .GinIndexJsonData();
    }
}
