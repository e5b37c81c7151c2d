using System.Text.RegularExpressions;
using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class ProblemKindTests
{
    [Fact]
    public void every_way_of_declining_stands_once_in_the_list()
    {
        var declared = typeof(ProblemKind).GetFields().Where(field => field.FieldType == typeof(ProblemKind)).Select(field => (ProblemKind)field.GetValue(null)!).ToList();

        Assert.True(declared.Count > 15);
        Assert.Equal(declared.OrderBy(kind => kind.Code, StringComparer.Ordinal), ProblemKind.All.OrderBy(kind => kind.Code, StringComparer.Ordinal));
        Assert.Equal(declared.Count, declared.DistinctBy(kind => kind.Code).Count());
        Assert.All(declared, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind.Code));
        Assert.All(declared, kind => Assert.True(Regex.IsMatch(kind.Title.Zh, @"\p{IsCJKUnifiedIdeographs}") && kind.Title.En.All(char.IsAscii), kind.Code));
        Assert.All(declared, kind => Assert.InRange(kind.Status, 400, 599));
    }

    [Theory]
    [InlineData(400, "malformed"), InlineData(401, "unauthenticated"), InlineData(403, "forbidden"), InlineData(404, "not-found")]
    [InlineData(405, "method-not-allowed"), InlineData(413, "too-large"), InlineData(415, "unsupported-media-type"), InlineData(429, "rate-limited")]
    [InlineData(431, "headers-too-large"), InlineData(500, "internal"), InlineData(503, "unavailable")]
    [InlineData(408, "validation"), InlineData(417, "validation"), InlineData(501, "internal"), InlineData(505, "internal")]
    public void a_bare_status_has_its_kind_and_keeps_its_number(int status, string code) =>
        Assert.Equal((code, status), (ProblemKind.OfStatus(status).Code, ProblemKind.OfStatus(status).Status));
}
