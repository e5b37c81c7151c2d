using System.Threading.Channels;
using Marten;
using Trading.Events;
using Trading.Kernel;
using Trading.Log;

namespace Trading.Ops;

/// <summary>Logs each event that cannot be shown and keeps it where every node's readiness finds it. At the start, what is no longer so is dropped.</summary>
public sealed partial class DefectWatch(DefectTable table, IDocumentStore store, Surfaces surfaces, ILogger<DefectWatch> log) : BackgroundService
{
    private readonly Channel<Defect> found = Channel.CreateUnbounded<Defect>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Take(Defect defect) => found.Writer.TryWrite(defect);
        Kernel.Defects.Found += Take;
        try
        {
            await Patience.WithDatabase(TimeProvider.System, LogNotTried).ExecuteAsync(TryAgain, stoppingToken);
            await foreach (var defect in found.Reader.ReadAllAsync(stoppingToken)) await Keep(defect, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
        finally
        {
            Kernel.Defects.Found -= Take;
        }
    }

    private async Task Keep(Defect defect, CancellationToken ct)
    {
        try
        {
            if (await table.Keep(defect, ct)) LogDefect(defect.Cause, defect.EventId, defect.Surface);
        }
        catch (Exception passing) when (!ct.IsCancellationRequested)
        {
            LogDefect(defect.Cause, defect.EventId, defect.Surface);
            LogNotKept(passing, defect.EventId);
            Kernel.Defects.Forget(defect.EventId);   // it is found again, and kept then
        }
    }

    /// <summary>Another version of the service may be able to show what the last one could not.</summary>
    private async ValueTask TryAgain(CancellationToken ct)
    {
        foreach (var (eventId, procedure) in await table.All(ct))
        {
            await using var session = store.QuerySession();
            Kernel.Defects.Forget(eventId);
            surfaces.All((await session.Events.FetchStreamAsync(procedure, token: ct)).Readable());
            if (!Kernel.Defects.IsKnown(eventId)) await table.Drop(eventId, ct);
        }
    }

    [LoggerMessage(LogLevel.Error, "Event {EventId} cannot be shown: no {Surface} can be made of it")]
    private partial void LogDefect(Exception cause, Guid eventId, string surface);

    [LoggerMessage(LogLevel.Warning, "The defect of event {EventId} could not be kept")]
    private partial void LogNotKept(Exception cause, Guid eventId);

    [LoggerMessage(LogLevel.Warning, "The known defects could not be tried again yet")]
    private partial void LogNotTried(Exception cause);
}
