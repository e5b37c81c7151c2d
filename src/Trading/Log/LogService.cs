using Trading.Log.Witnessing;
using Trading.Store;

namespace Trading.Log;

/// <summary>How the log stands on this node.</summary>
public sealed class LogState
{
    private volatile string? stopped;
    private volatile bool leads;

    /// <summary>Whether this node is the one that sequences.</summary>
    public bool Leads
    {
        get => leads;
        set => leads = value;
    }

    /// <summary>Why nothing more is sequenced or signed; null while all is well.</summary>
    public string? Stopped
    {
        get => stopped;
        set => stopped = value;
    }
}

/// <summary>
/// Keeps the log on this node, and opens the gate for recording while the database continues what was published. What goes wrong on the
/// way is tried again. What stops the log is looked at again every second, so that it goes on by itself once the cause is gone.
/// </summary>
public sealed partial class LogService(
    LogSettings settings, LogKeys keys, WitnessedSizes witnesses, LogState state, WriteGate gate, ILogger<LogService> log) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan reconnection = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan longestStart = TimeSpan.FromSeconds(5);
    /// <summary>A log that cannot go on for so many attempts has stopped, whatever the reason: somebody must look.</summary>
    private const int MostAttempts = 10;

    private int attempts;
    private readonly TaskCompletionSource compared = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Returns once the database has been compared for the first time, so that requests find the gate as it is; without a database after some seconds.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await Task.WhenAny(compared.Task, Task.Delay(longestStart, TimeProvider.System, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Attend(stoppingToken);
                state.Leads = false;
                if (gate.Closed is null) gate.Close(WriteGate.Unchecked);   // the next connection may lead to another database
                compared.TrySetResult();
                await Task.Delay(reconnection, TimeProvider.System, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    private async Task Attend(CancellationToken ct)
    {
        try
        {
            await using var node = await LogNode.Connect(settings, keys, witnesses, ct);
            while (node.IsConnected) await Task.Delay(await Pass(node, ct), TimeProvider.System, ct);
        }
        catch (Exception passing) when (!ct.IsCancellationRequested)
        {
            LogInterrupted(passing);
        }
    }

    /// <returns>How long to rest before the next.</returns>
    private async Task<TimeSpan> Pass(LogNode node, CancellationToken ct)
    {
        var continues = false;
        try
        {
            await node.Compare(ct);
            continues = true;
            gate.Open();
            compared.TrySetResult();
            var more = await node.Work(ct);
            state.Leads = node.Leads;
            if (state.Stopped is not null) LogResumed();
            (state.Stopped, attempts) = (null, 0);
            return more ? TimeSpan.Zero : pause;
        }
        catch (LogStoppedException wrong)
        {
            if (wrong.DatabaseDiffers || !continues) gate.Close(wrong.DatabaseDiffers ? WriteGate.RolledBack : WriteGate.Unchecked);
            if (state.Stopped != wrong.Message) LogStopped(wrong);
            (state.Leads, state.Stopped) = (false, wrong.Message);
            compared.TrySetResult();
            if (wrong is { DatabaseDiffers: true, IsMarked: false }) await node.Mark(wrong.Message, ct);   // a mark that was lifted meanwhile stays lifted
            else if (!wrong.DatabaseDiffers && !continues) await node.StepDown(ct);
            return patience;
        }
        catch (Exception passing) when (!ct.IsCancellationRequested && node.IsConnected)
        {
            if (++attempts < MostAttempts) LogInterrupted(passing);
            else if (state.Stopped != passing.Message) LogStopped(passing);
            if (attempts >= MostAttempts) state.Stopped = passing.Message;
            return patience;
        }
    }

    [LoggerMessage(LogLevel.Critical, "The log has stopped.")]
    private partial void LogStopped(Exception wrong);

    [LoggerMessage(LogLevel.Warning, "The log goes on: what had stopped it is gone.")]
    private partial void LogResumed();

    [LoggerMessage(LogLevel.Warning, "The log was interrupted and is taken up again.")]
    private partial void LogInterrupted(Exception passing);
}
