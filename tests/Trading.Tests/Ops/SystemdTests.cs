using System.Net.Sockets;
using System.Text;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>The units in ops/systemd, as systemd's own tools judge them, and what the service tells systemd.</summary>
public sealed class SystemdTests : IDisposable
{
    /// <summary>In tenths: what systemd-analyze calls OK ends at 49; the unit has 12.</summary>
    private const int MostExposed = 15;

    private const string Parent = "dotnet \"$@\" & child=$!; trap 'kill -s TERM $child' TERM; wait $child; wait $child";

    private static readonly string[] sinceSystemd254 = ["RestartSteps", "RestartMaxDelaySec"];
    private static readonly string units = Repository.PathOf("ops", "systemd");
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("trading-systemd-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task every_unit_is_understood()
    {
        Install();

        var (code, output) = await Run("systemd-analyze", "verify", "--man=no", $"--root={root.FullName}", "trading.service", "postgresql@15-main.service");

        Assert.True(code is 0, output);
        Assert.DoesNotContain(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !sinceSystemd254.Any(key => line.Contains($"Unknown key '{key}'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task the_service_can_do_little_else_than_serve()
    {
        Install();

        var (code, output) = await Run("systemd-analyze", "security", "--offline=true", "--no-pager", $"--threshold={MostExposed}", $"--root={root.FullName}", "trading.service");

        Assert.True(code is 0, output);
    }

    [Fact]
    public async Task its_user_and_directories_are_made_and_secrets_are_roots_alone()
    {
        Directory.CreateDirectory(In("etc"));
        var users = await Run("systemd-sysusers", $"--root={root.FullName}", Path.Combine(units, "trading.sysusers"));
        Assert.True(users.Code is 0, users.Output);
        Assert.Contains("\ntrading:x:", "\n" + await File.ReadAllTextAsync(In("etc/passwd"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Directory.CreateDirectory(In("etc/trading/keys"));
        foreach (var secret in (string[])["etc/trading/keys/ed25519.private", "etc/trading/pgpass"]) await File.WriteAllTextAsync(In(secret), "secret", TestContext.Current.CancellationToken);
        var files = await Run("systemd-tmpfiles", $"--root={root.FullName}", "--create", Path.Combine(units, "trading.tmpfiles"));
        Assert.True(files.Code is 0, files.Output);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(In("etc/trading/keys")));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(In("etc/trading/keys/ed25519.private")));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(In("etc/trading/pgpass")));
    }

    [Fact]
    public async Task says_when_it_is_ready_that_it_lives_and_when_it_ends()
    {
        await using var database = await Database.Create("notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(In("notify")));
        var environment = Service.Environment(database, root.CreateSubdirectory("data").FullName);
        (environment["NOTIFY_SOCKET"], environment["WATCHDOG_USEC"]) = (In("notify"), "600000");
        File.Copy("/bin/bash", In("systemd"));   // the service knows systemd by the name of its parent
        await using var service = Running.Start(In("systemd"), ["-c", Parent, "systemd", Repository.Program, "serve"], environment);

        await Hears(systemd, "READY=1");
        await Hears(systemd, "WATCHDOG=1");
        await Hears(systemd, "WATCHDOG=1");
        await service.Signal("TERM");
        await Hears(systemd, "STOPPING=1");
        Assert.Equal(0, await service.End(TimeSpan.FromSeconds(30)));
    }

    private static async Task Hears(Socket socket, string state)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromMinutes(3));   // a busy machine starts the service slowly
        var said = new byte[1024];
        while (!Encoding.UTF8.GetString(said, 0, await socket.ReceiveAsync(said, bound.Token)).Split('\n').Contains(state)) { }
    }

    /// <summary>A root with the units, a stand-in for the program, and what the units refer to.</summary>
    private void Install()
    {
        const string system = "usr/lib/systemd/system";
        foreach (var directory in (string[])["etc/systemd/system/postgresql@.service.d", "usr/lib/trading", system]) Directory.CreateDirectory(In(directory));
        File.Copy(Path.Combine(units, "trading.service"), In("etc/systemd/system/trading.service"));
        File.Copy(Path.Combine(units, "postgresql@.service.d", "restart.conf"), In("etc/systemd/system/postgresql@.service.d/restart.conf"));
        foreach (var target in Directory.GetFiles($"/{system}", "*.target")) File.Copy(target, In($"{system}/{Path.GetFileName(target)}"));
        File.WriteAllText(In($"{system}/postgresql@.service"), "[Service]\nExecStart=/usr/lib/trading/Trading\n");
        File.WriteAllText(In("usr/lib/trading/Trading"), "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(In("usr/lib/trading/Trading"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static async Task<(int Code, string Output)> Run(string program, params string[] arguments)
    {
        await using var running = Running.Start(program, arguments, new Dictionary<string, string?>());
        return (await running.End(TimeSpan.FromSeconds(60)), running.Output);
    }

    private string In(string path) => Path.Combine(root.FullName, path);
}
