using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Marten;
using Trading.Events;
using Trading.Intake;
using Trading.Law;
using Trading.Store;
using Trading.Supervision.Replaying;

namespace Trading.Ops;

/// <summary>Judges every procedure again by other packs, some at a time, and prints what would have been refused. Nothing is changed.</summary>
public sealed class Replays(IDocumentStore store, Lawbook law)
{
    private const int ProceduresAtOnce = 100;

    /// <returns>0 when nothing would have been refused, 1 when something would, 2 when it could not be asked.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        string? packs = null, calendars = null;
        for (var rest = arguments; rest is not []; rest = rest[2..])
        {
            if (rest is ["--packs", var given, ..]) packs = given;
            else if (rest is ["--calendars", var years, ..]) calendars = years;
            else return Refuse("replay --packs DIRECTORY [--calendars DIRECTORY]");
        }

        if (packs is null) return Refuse("replay --packs DIRECTORY [--calendars DIRECTORY]");
        if (new[] { packs, calendars }.FirstOrDefault(directory => directory is not null && !Directory.Exists(directory)) is { } missing)
            return Refuse($"There is no directory {missing}.");

        var settings = Settings.Read(Composition.Configuration());
        Lawbook law;
        try
        {
            law = Laws.Open(settings.Law!).With(Laws.Files(packs, Laws.Packs), Laws.Files(calendars, Laws.Calendars));
        }
        catch (ValidationException wrong)
        {
            return Refuse(wrong.Message);
        }

        await using var services = Composition.Store(settings).BuildServiceProvider();
        var (procedures, notices, refused) = await new Replays(services.GetRequiredService<IDocumentStore>(), law).Judge(Console.WriteLine);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{refused} of {notices} notices of {procedures} procedures would have been refused"));
        return refused is 0 ? 0 : 1;
    }

    /// <param name="tell">Is told of each notice that would have been refused: procedure, notice, rule and citation.</param>
    public async Task<(int Procedures, int Notices, int Refused)> Judge(Action<string> tell, CancellationToken ct = default)
    {
        var (procedures, notices, refused) = (0, 0, 0);
        await using var session = store.QuerySession();
        for (var after = Guid.Empty; await Next(session, after, ct) is { Count: > 0 } some; after = some[^1])
        {
            var events = await session.Events.QueryAllRawEvents().Where(e => some.Contains(e.StreamId)).ToListAsync(ct);
            foreach (var stream in events.Readable().Where(e => e.Data is INoticed).GroupBy(e => e.StreamId).OrderBy(stream => stream.Key))
            {
                procedures++;
                foreach (var replayed in Replay.Of(law, stream.OrderBy(e => e.Version).Select(e => ((INoticed)e.Data, Attributed.Of(e).Verdicts))))
                {
                    notices++;
                    if (replayed.Refusal is not { Rule: var rule }) continue;
                    refused++;
                    tell($"{stream.Key} {replayed.Fact.Notice.NoticeId} {rule.Code} {rule.Citation}");
                }
            }
        }

        return (procedures, notices, refused);
    }

    private static async Task<List<Guid>> Next(IQuerySession session, Guid after, CancellationToken ct) =>
    [
        .. await session.AdvancedSql.QueryAsync<Guid>(
            $"select id from {StoreSetup.EventSchema}.mt_streams where id > ? order by id limit ?", ct, after, ProceduresAtOnce),
    ];

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
