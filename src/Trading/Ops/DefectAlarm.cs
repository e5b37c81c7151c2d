using Trading.Events;
using Trading.Ocds;
using Trading.Projections;

namespace Trading.Ops;

/// <summary>What finds events that cannot be shown, and rings.</summary>
public static class DefectAlarm
{
    private static readonly Uri anywhere = new("http://localhost/");

    public static void AddDefects(this IServiceCollection services)
    {
        services.AddSingleton(new Surfaces(
            e => ProcedureFold.Apply(null, e.StreamId, e),
            events =>
            {
                var life = new Lifecycle(events);
                _ = Timeline.Of(events, [], whole: true);
                _ = ProcedureRow.Of(events).Count();
                _ = NoticeRow.Of(life).Count();
                _ = ProcedureVersion.Of(life).Count();
                _ = PartyVersion.Of(life).Count();
                _ = Releases.Of(events, Contacts.None, anywhere);
            }));
        services.AddSingleton<DefectTable>();
        services.AddHostedService<DefectWatch>();
    }
}
