using System.Security.Claims;
using Trading.Http;
using Trading.Kernel;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Http;

public sealed class CallerTests
{
    private static readonly string Ours = Centre.Code.ToString();
    private static readonly RegionCode Here = RegionCode.Parse("420502");
    private static readonly RegionCode Elsewhere = RegionCode.Parse("430300");

    [Theory]
    [InlineData("4205", true), InlineData("42", true), InlineData("*", true), InlineData("420502", true)]
    [InlineData("43", false), InlineData("420503", false), InlineData("nowhere", false), InlineData(null, false)]
    public void a_publisher_acts_for_its_centre_within_its_region(string? region, bool may)
    {
        Assert.Equal(may, Of(Role.Publisher, Ours, region).ActsFor(Centre.Code, Here));
        Assert.False(Of(Role.Publisher, Ours, region).ActsFor(First.CreditCode!, Here));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("12420500420000015X"), InlineData("示例")]
    public void whose_centre_is_not_known_acts_for_none(string? centre)
    {
        Assert.Null(Of(Role.Publisher, centre, "*").Centre);
        Assert.False(Of(Role.Publisher, centre, "*").ActsFor(Centre.Code, Here));
    }

    [Theory]
    [InlineData(Role.Supervisor, false, "42", true)]
    [InlineData(Role.Supervisor, true, "43", false)]
    [InlineData(Role.Publisher, true, "42", true)]
    [InlineData(Role.Publisher, false, "42", false)]
    [InlineData(Role.Publisher, true, "43", false)]
    [InlineData(Role.Reviewer, true, "42", true)]
    [InlineData(Role.Operator, true, "*", false)]
    [InlineData("no such role", true, "*", false)]
    public void what_is_not_public_is_for_its_own_centre_and_its_supervisors(string role, bool ours, string region, bool sees) =>
        Assert.Equal(sees, Of(role, ours ? Ours : First.CreditCode!.ToString(), region).SeesAll(Centre.Code, Here));

    [Fact]
    public void nobody_is_nothing()
    {
        var nobody = Caller.Of(new ClaimsPrincipal());

        Assert.Equal(("", 0, null, null), (nobody.Subject, nobody.Roles.Count, nobody.Centre, nobody.Reach));
        Assert.False(nobody.SeesAll(Centre.Code, Here) || nobody.Reaches(Elsewhere));
    }

    [Fact]
    public void has_every_role_of_its_token()
    {
        var caller = Caller.Of(new ClaimsPrincipal(new ClaimsIdentity([new("sub", "x"), new(Role.Claim, Role.Publisher), new(Role.Claim, Role.Reviewer)])));

        Assert.Equal(("x", true, true, false), (caller.Subject, caller.Is(Role.Publisher), caller.Is(Role.Reviewer), caller.Is(Role.Supervisor)));
    }

    private static Caller Of(string role, string? centre, string? region)
    {
        var claims = new List<Claim> { new("sub", "someone"), new(Role.Claim, role) };
        if (centre is not null) claims.Add(new("centre", centre));
        if (region is not null) claims.Add(new("region", region));
        return Caller.Of(new ClaimsPrincipal(new ClaimsIdentity(claims)));
    }
}
