using System.Diagnostics;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A page as Chromium shows it once its scripts have run. No other host than this machine can be reached from it.</summary>
/// <param name="Dom">The elements, as HTML.</param>
/// <param name="Console">What the page, or the browser about it, said on the console.</param>
public sealed record Browser(string Dom, IReadOnlyList<string> Console)
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--window-size=1280,1600",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--enable-logging=stderr", "--virtual-time-budget=20000", "--dump-dom",
    ];

    public static async Task<Browser> Show(Uri page)
    {
        var ct = TestContext.Current.CancellationToken;
        var profile = Directory.CreateTempSubdirectory("trading-browser-").FullName;
        try
        {
            using var chromium = Process.Start(new ProcessStartInfo("chromium", [.. Arguments, $"--user-data-dir={profile}", page.ToString()])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            }) ?? throw new InvalidOperationException("Chromium does not start.");
            var said = chromium.StandardError.ReadToEndAsync(ct);
            var dom = await chromium.StandardOutput.ReadToEndAsync(ct);
            await chromium.WaitForExitAsync(ct);
            return new Browser(dom, [.. (await said).Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
