using System.Text;
using Microsoft.AspNetCore.Http;
using Trading.Intake;
using Xunit;

namespace Trading.Tests.Intake;

public sealed class BodyLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1a")]
    [InlineData("a\nb\n", "1a,2b")]
    [InlineData("\n \t\r\na\r\n\nb", "3a\r,5b")]
    [InlineData("\uFEFFa\nb", "1a,2b")]
    public async Task reads_lines_with_their_numbers(string body, string expected) => Assert.Equal(expected, await Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task a_line_that_is_too_long_is_named_and_not_held()
    {
        var longest = new string('x', BodyLines.Longest);
        Assert.Equal($"1{longest},3a", await Read(Encoding.UTF8.GetBytes($"{longest}\n\na")));
        Assert.Equal("1,2a", await Read(Encoding.UTF8.GetBytes($"{longest}x\na")));
        Assert.Equal("1a,2", await Read(Encoding.UTF8.GetBytes($"a\n{longest}{longest}")));
    }

    [Fact]
    public async Task a_line_may_come_in_any_pieces()
    {
        var body = Encoding.UTF8.GetBytes("第一行\n第二行");
        for (var size = 1; size < body.Length; size++) Assert.Equal("1第一行,2第二行", await Read(body, size));
    }

    private static async Task<string> Read(byte[] body, int atOnce = int.MaxValue)
    {
        var http = new DefaultHttpContext { Request = { Body = new Pieces(body, atOnce) } };
        var lines = new List<string>();
        await foreach (var line in BodyLines.Read(http, TestContext.Current.CancellationToken))
            lines.Add($"{line.Number}{(line.Text is { } text ? Encoding.UTF8.GetString(text.Span) : "")}");
        return string.Join(',', lines);
    }

    private sealed class Pieces(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }
}
