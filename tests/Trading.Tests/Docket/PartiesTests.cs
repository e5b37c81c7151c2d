using Trading.Docket;
using Trading.Events;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Docket;

public sealed class PartiesTests
{
    [Fact]
    public void different_parties_are_none_twice() => Assert.False(Parties.AnyTwice([First.Named, Second.Named, Third.Named]));

    [Fact]
    public void nobody_is_not_twice() => Assert.False(Parties.AnyTwice([]));

    [Fact]
    public void one_code_is_one_party_whatever_its_names() =>
        Assert.True(Parties.AnyTwice([First.Named, First.Named with { Name = "示例一建" }]));

    [Fact]
    public void one_name_under_two_codes_is_two_parties() =>
        Assert.False(Parties.AnyTwice([First.Named, Second.Named with { Name = First.Name }]));

    [Fact]
    public void without_codes_the_names_decide()
    {
        Assert.True(Parties.AnyTwice([new NamedParty("张三"), new NamedParty("张三")]));
        Assert.False(Parties.AnyTwice([new NamedParty("张三"), new NamedParty("李四")]));
    }

    [Fact]
    public void a_name_alone_is_not_mistaken_for_one_with_a_code() =>
        Assert.False(Parties.AnyTwice([First.Named, new NamedParty(First.Name)]));

    [Fact]
    public void two_are_one_by_code_where_both_have_one_and_by_name_otherwise()
    {
        Assert.True(First.Named.Is(First.Named with { Name = "示例一建" }));
        Assert.False(First.Named.Is(Second.Named with { Name = First.Name }));
        Assert.True(First.Named.Is(new NamedParty(First.Name)));
        Assert.False(First.Named.Is(new NamedParty("示例一建")));
    }
}
