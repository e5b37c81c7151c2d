using Trading.Log.Witnessing;
using Xunit;

namespace Trading.Tests.Log.Witnessing;

public sealed class AddCheckpointTests
{
    private const string Hash = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    [Theory]
    [InlineData("old 0\n\nnote\n", 0, 0)]
    [InlineData($"old 20852014\n{Hash}\n{Hash}\n\nnote\n\n— x\n", 20852014, 2)]
    public void what_is_well_formed_reads_and_writes_back(string text, long older, int proof)
    {
        Assert.True(AddCheckpoint.TryParse(text, out var request));
        Assert.Equal((older, proof), (request.Older, request.Proof.Count));
        Assert.Equal(text, request.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 1")]
    [InlineData("old 1\n")]
    [InlineData("old \n\nnote\n")]
    [InlineData("old 01\n\nnote\n")]
    [InlineData("old -1\n\nnote\n")]
    [InlineData("old +1\n\nnote\n")]
    [InlineData("old 1 \n\nnote\n")]
    [InlineData("old  1\n\nnote\n")]
    [InlineData("Old 1\n\nnote\n")]
    [InlineData("old 9223372036854775808\n\nnote\n")]
    [InlineData("old 1\r\n\r\nnote\n")]
    [InlineData("old 1\nAAAA\n\nnote\n")]
    [InlineData($"old 1\n{Hash} \n\nnote\n")]
    [InlineData($"old 1\n {Hash}\n\nnote\n")]
    [InlineData($"{Hash}\n\nnote\n")]
    public void other_texts_ask_nothing(string text) => Assert.False(AddCheckpoint.TryParse(text, out _));

    [Fact]
    public void a_proof_has_at_most_63_hashes()
    {
        Assert.True(AddCheckpoint.TryParse(WithProof(63), out _));
        Assert.False(AddCheckpoint.TryParse(WithProof(64), out _));

        static string WithProof(int lines) => $"old 1\n{string.Concat(Enumerable.Repeat($"{Hash}\n", lines))}\nnote\n";
    }
}
