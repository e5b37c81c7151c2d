using CsCheck;
using Trading.Log;
using Xunit;

namespace Trading.Tests.Log;

public sealed class EntryBundleTests
{
    [Fact]
    public void entries_come_out_as_they_went_in() => Gen.Byte.Array[0, 300].List[0, 20].Sample(entries =>
    {
        using var bundle = new MemoryStream();
        foreach (var entry in entries) EntryBundle.Add(bundle, entry);
        Assert.Equal(entries, EntryBundle.Read(bundle.ToArray()));
    });

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 2, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 1 })]
    public void a_bundle_that_is_cut_off_is_refused(byte[] bundle) => Assert.Throws<InvalidDataException>(() => EntryBundle.Read(bundle));

    [Fact]
    public void an_entry_that_does_not_fit_is_not_cut() => Assert.Throws<OverflowException>(() => EntryBundle.Add(Stream.Null, new byte[65_536]));
}
