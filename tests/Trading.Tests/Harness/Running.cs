using System.Diagnostics;
using System.Text;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>
/// A program started by a test, with what it writes. It is ended by SIGTERM to its own id: by the test, or, should the test itself
/// end first, by a watcher that notices the end of standard input.
/// </summary>
internal sealed class Running : IAsyncDisposable
{
    private const string Watched =
        "exec 3<&0; (read -r _ <&3; kill -s TERM $$) >/dev/null 2>&1 & exec \"$@\" </dev/null 3<&-";

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly StringBuilder output = new();
    private readonly SemaphoreSlim written = new(0);
    private int disposed;

    private Running(Process process)
    {
        this.process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => disposed is 1 || process.HasExited;

    /// <summary>Everything written so far, to standard output and standard error.</summary>
    public string Output
    {
        get
        {
            lock (gate) return output.ToString();
        }
    }

    public static Running Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var argument in (string[])["-c", Watched, "bash", program, .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        return new Running(Process.Start(start)!);
    }

    /// <summary>Runs a verb of the service to its end.</summary>
    public static Task<(int Code, string Output)> Verb(string verb, IReadOnlyDictionary<string, string?> environment) => Verb([verb], environment);

    /// <summary>Runs a verb with its arguments.</summary>
    public static async Task<(int Code, string Output)> Verb(IReadOnlyList<string> verb, IReadOnlyDictionary<string, string?> environment)
    {
        await using var running = Start("dotnet", [Repository.Program, .. verb], environment);
        return (await running.End(TimeSpan.FromMinutes(3)), running.Output);
    }

    /// <summary>Waits until something was written; fails, with all that was, when the program ends before or the time is over.</summary>
    public async Task<T> Until<T>(Func<string, T?> sees, TimeSpan atMost) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(atMost);
        while (true)
        {
            if (sees(Output) is { } seen) return seen;
            if (process.HasExited)
            {
                await process.WaitForExitAsync(limit.Token);
                return sees(Output) ?? throw new InvalidOperationException($"It ended with {process.ExitCode} before its time:\n{Output}");
            }

            try
            {
                await written.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Nothing of the kind within {atMost}:\n{Output}");
            }
        }
    }

    /// <summary>Sends a signal, by name, to a process that this program is or has started.</summary>
    public static Task Signal(int process, string signal) => Signal([process], signal);

    /// <summary>Sends it to several at once; those that have ended meanwhile are left alone.</summary>
    public static async Task Signal(IEnumerable<int> processes, string signal)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -s {signal} {string.Join(' ', processes)} 2>/dev/null"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public Task Signal(string signal) => Signal(Id, signal);

    /// <summary>Waits for the end, and answers the exit code.</summary>
    public async Task<int> End(TimeSpan atMost)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(atMost);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It does not end within {atMost}:\n{Output}");
        }

        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) is 1) return;
        if (!process.HasExited) await Signal("TERM");
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        process.StandardInput.Close();
        process.Dispose();
        written.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
            lock (gate) output.AppendLine(line.Data);
        try
        {
            written.Release();
        }
        catch (ObjectDisposedException)
        {
            // the last words of a program nobody listens to any more
        }
    }
}
