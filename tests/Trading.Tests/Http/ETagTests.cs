using Microsoft.AspNetCore.Http;
using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class ETagTests
{
    [Theory]
    [InlineData("\"3\"", true)]
    [InlineData("W/\"3\"", true)]
    [InlineData("*", true)]
    [InlineData("\"1\", \"2\", \"3\"", true)]
    [InlineData("\"1\",W/\"3\"", true)]
    [InlineData("\"1\", , \"3\"", true)]
    [InlineData("\"33\"", false)]
    [InlineData("\"1\", \"2\"", false)]
    [InlineData("3", false)]
    [InlineData("\"3", false)]
    [InlineData("\"\"", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void a_client_holds_what_one_of_its_tags_stands_for_weak_or_strong(string? header, bool held) =>
        Assert.Equal(held, ETag.IsHeld(With("If-None-Match", header), "\"3\""));

    [Fact]
    public void tags_over_several_header_lines_are_one_list()
    {
        var request = With("If-None-Match", null);
        request.Headers.IfNoneMatch = new(["\"1\"", "\"3\""]);

        Assert.True(ETag.IsHeld(request, "\"3\""));
    }

    [Theory]
    [InlineData(null, true, null)]
    [InlineData("", true, null)]
    [InlineData("*", true, null)]
    [InlineData("\"0\"", true, 0L)]
    [InlineData("\"17\"", true, 17L)]
    [InlineData("\"9223372036854775807\"", true, 9223372036854775807L)]
    [InlineData("\"9223372036854775808\"", false, null)]
    [InlineData("\"17.2\"", true, 17L)]
    [InlineData("\"17.\"", false, null)]
    [InlineData("\".2\"", false, null)]
    [InlineData("\"17.2.1\"", false, null)]
    [InlineData("\"17.-2\"", false, null)]
    [InlineData("W/\"17.2\"", false, null)]
    [InlineData("17", false, null)]
    [InlineData("W/\"17\"", false, null)]
    [InlineData("\"1\", \"2\"", false, null)]
    [InlineData("\"-1\"", false, null)]
    [InlineData("\" 1\"", false, null)]
    [InlineData("\"\"", false, null)]
    [InlineData("\"", false, null)]
    [InlineData("\"一\"", false, null)]
    public void a_write_insists_on_one_version_by_its_strong_tag(string? header, bool well, long? version)
    {
        Assert.Equal(well, ETag.TryReadIfMatch(With("If-Match", header), out var read));
        Assert.Equal(version, read);
    }

    [Fact]
    public void tags_are_strong_and_differ_with_what_they_stand_for()
    {
        Assert.Equal("\"12\"", ETag.OfVersion(12));
        Assert.Equal("\"12.3\"", ETag.OfVersion(12, 3));
        Assert.Matches("^\"[0-9a-f]{32}\"$", ETag.OfBytes("a"u8));
        Assert.Equal(ETag.OfBytes("a"u8), ETag.OfBytes("a"u8));
        Assert.NotEqual(ETag.OfBytes("a"u8), ETag.OfBytes("b"u8));
    }

    private static HttpRequest With(string header, string? value)
    {
        var request = new DefaultHttpContext().Request;
        if (value is not null) request.Headers[header] = value;
        return request;
    }
}
