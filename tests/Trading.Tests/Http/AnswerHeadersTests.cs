using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Trading.Http;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>The headers of every answer, whatever is asked and whatever becomes of it.</summary>
[Collection(TradingApp.Collection)]
public sealed class AnswerHeadersTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private static readonly (string Name, string Value)[] OfEvery =
    [
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ];

    public static TheoryData<string> Methods => ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

    [Theory, MemberData(nameof(Methods))]
    public async Task every_address_sends_them_with_every_method(string method)
    {
        var wrong = new List<string>();
        foreach (var route in Routes.All.Except([Routes.StreamChanges]))
        {
            using var content = method is "POST" or "PUT" ? new StringContent("{}") : null;
            Look($"{method} {route}", await Ask(method, scene.Path(route) + route.Query, content), wrong);
        }

        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/v1/notices/00000000-0000-0000-0000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/v1/procedures/00000000-0000-0000-0000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/v1/procedures?limit=none", HttpStatusCode.BadRequest)]
    [InlineData("/v1/supervision/alerts", HttpStatusCode.Unauthorized)]
    [InlineData("/log/tile/0/999", HttpStatusCode.NotFound)]
    [InlineData("/_test_url_cache_", HttpStatusCode.NotFound)]
    public async Task a_problem_has_them_and_is_never_kept(string address, HttpStatusCode status)
    {
        var answer = await Ask("GET", address);
        Assert.Equal((status, "no-store"), (answer.Status, answer.Headers.GetValueOrDefault("Cache-Control")));
        LookAt(address, answer);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/docs")]
    [InlineData("/docs/index.html")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/log/checkpoint")]
    [InlineData("/log/keys")]
    public async Task so_do_health_pages_and_the_log(string address) => LookAt(address, await Ask("GET", address));

    [Fact]
    public async Task so_do_the_files_of_the_log()
    {
        var answer = await Ask("GET", await LogFile());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        LookAt("a file of the log", answer);
    }

    [Theory]
    [InlineData(true, "http", "max-age=31536000")]
    [InlineData(false, "https", "max-age=31536000")]
    [InlineData(false, "http", "")]
    public void what_is_read_over_tls_is_read_over_tls_again(bool isSecure, string scheme, string policy)
    {
        var http = new DefaultHttpContext { Request = { Scheme = scheme } };
        new AnswerHeaders(isSecure).Set(http);
        Assert.Equal(policy, http.Response.Headers.StrictTransportSecurity.ToString());
    }

    private async Task<string> LogFile()
    {
        var directory = Path.Combine(app.Services.GetRequiredService<Settings>().Log!.Directory, "public");
        await Eventually.True(() => Task.FromResult(Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Any(IsTile)));
        return "/log/" + Path.GetRelativePath(directory, Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).First(IsTile));

        static bool IsTile(string file) => file.Contains("/tile/", StringComparison.Ordinal);
    }

    private static void LookAt(string asked, Answer answer)
    {
        var wrong = new List<string>();
        Look(asked, answer, wrong);
        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong));
    }

    private static void Look(string asked, Answer answer, List<string> wrong)
    {
        foreach (var (name, value) in OfEvery)
            if (answer.Headers.GetValueOrDefault(name) != value) wrong.Add($"{asked} → {(int)answer.Status}: {name} is {answer.Headers.GetValueOrDefault(name) ?? "missing"}");
        if (answer.Headers.GetValueOrDefault("Content-Security-Policy")?.StartsWith("default-src 'none'; frame-ancestors 'none'", StringComparison.Ordinal) is not true)
            wrong.Add($"{asked} → {(int)answer.Status}: no policy for its content");
    }

    private async Task<Answer> Ask(string method, string address, HttpContent? content = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(app.Address, address)) { Content = content };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode, "", response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}
