using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trading.Http;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Ops;

/// <summary>Posts a file of a former system's notices to a running service, some lines at a time, and shows how far it is.</summary>
public static class LegacyImport
{
    private const int LinesAtOnce = 100;

    /// <returns>0 when every line landed or was there, 1 when lines were refused, 2 when the service did not take them.</returns>
    public static async Task<int> Run(string file, Uri service, string tokensFile)
    {
        var tokens = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(tokensFile))!;
        using var http = new HttpClient { BaseAddress = service };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens[Role.Publisher]);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "zh" ? "zh-CN" : "en");

        var lines = await File.ReadAllLinesAsync(file);
        var sum = new LegacyAnswer(0, 0, 0, [], [], []);
        for (var first = 0; first < lines.Length; first += LinesAtOnce)
        {
            using var content = new StringContent(string.Join('\n', lines.Skip(first).Take(LinesAtOnce)), Encoding.UTF8, "application/x-ndjson");
            using var response = await http.PostAsync(new Uri("/v1/legacy-notices", UriKind.Relative), content);
            var text = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
            {
                Console.Error.WriteLine($"{Environment.NewLine}Lines {first + 1} and on were not taken: {(int)response.StatusCode} {text}");
                return 2;
            }

            var answer = JsonSerializer.Deserialize<LegacyAnswer>(text, WireJson.Stored)!;
            sum = new LegacyAnswer(
                sum.Lines + answer.Lines, sum.Landed + answer.Landed, sum.Present + answer.Present,
                [.. sum.Refused, .. answer.Refused.Select(r => r with { Line = r.Line + first })], [.. sum.Verdicts, .. answer.Verdicts],
                [.. sum.Warned, .. answer.Warned.Select(w => w with { Line = w.Line + first })]);
            Progress.Show(Math.Min(first + LinesAtOnce, lines.Length), lines.Length);
        }

        foreach (var refusal in sum.Refused)
            Console.WriteLine($"line {refusal.Line}: {refusal.Code} {refusal.Pointer} {refusal.Reason}");
        foreach (var warning in sum.Warned)
            Console.WriteLine($"line {warning.Line}: {warning.SourceId} {warning.Rule} ({warning.Severity}) {warning.Explanation}");
        foreach (var alike in sum.Verdicts.GroupBy(told => (told.Rule, told.Outcome, told.Severity)).OrderBy(alike => alike.Key))
            Console.WriteLine($"{alike.Key.Rule} ({alike.Key.Severity}) {WireNames.Of(alike.Key.Outcome)}: {alike.Sum(told => told.Count)}");
        Console.WriteLine($"{sum.Landed} of {sum.Lines} lines landed, {sum.Present} were there, {sum.Refused.Count} refused");
        return sum.Refused.Count is 0 ? 0 : 1;
    }
}
