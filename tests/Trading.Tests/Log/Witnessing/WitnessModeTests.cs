using Trading.Log.Notes;
using Trading.Log.Witnessing;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Witnessing;

/// <summary>The program as a witness, over HTTP.</summary>
public sealed class WitnessModeTests : IDisposable
{
    private const string Plain = "text/plain", Size = "text/x.tlog.size";
    private static readonly SignedTree tree = new("log.example/2026");
    private static readonly SignedTree unknown = new("log.example/2027");
    private static readonly SignedTree impostor = new("log.example/2026", secret: 2);
    private readonly string directory = Directory.CreateTempSubdirectory("trading-witness-").FullName;

    [Fact]
    public async Task gives_every_answer_of_the_standard()
    {
        await using var witness = await WitnessProcess.Start(directory, "http://127.0.0.1:0", tree.Key);
        Assert.Equal($"{witness.Key.Name}\n{witness.Key}\n", await witness.Get("/"));
        Assert.Equal("healthy\n", await witness.Get("/health/live"));

        var five = await tree.Request(0, 5);
        var (status, mediaType, line) = await witness.Add(five.ToString());
        Assert.Equal((200, Plain), (status, mediaType));
        Assert.True(SignedNote.TryParse(five.Note + line, out var note));
        Assert.True(witness.Key.HasSigned(note));

        (string Name, string Asked, int Status, string MediaType, string? Body)[] table =
        [
            ("nothing", "", 400, Plain, null),
            ("no proof", "old 5\n", 400, Plain, null),
            ("no number", $"old five\n\n{await tree.Note(6)}", 400, Plain, null),
            ("no checkpoint", "old 5\n\n", 400, Plain, null),
            ("no signature", $"old 5\n\n{(await tree.Note(6)).Split("\n\n")[0]}\n\n", 400, Plain, null),
            ("no empty line", $"old 5\n{await tree.Note(6)}", 400, Plain, null),
            ("old larger than new", $"old 5\n\n{await tree.Note(4)}", 400, Plain, null),
            ("unknown origin", (await unknown.Request(0, 5)).ToString(), 404, Plain, null),
            ("other key", (await impostor.Request(5, 6)).ToString(), 403, Plain, null),
            ("changed text", (await tree.Request(5, 6)).ToString().Replace("\n6\n", "\n7\n", StringComparison.Ordinal), 403, Plain, null),
            ("older than cosigned", (await tree.Request(4, 6)).ToString(), 409, Size, "5\n"),
            ("never heard of", (await tree.Request(0, 6)).ToString(), 409, Size, "5\n"),
            ("newer than cosigned", (await tree.Request(6, 7)).ToString(), 409, Size, "5\n"),
            ("same size, other root", new AddCheckpoint(5, [], tree.Note(5, new byte[32])).ToString(), 409, Size, "5\n"),
            ("no hashes", new AddCheckpoint(5, [], await tree.Note(6)).ToString(), 422, Plain, null),
            ("other proof", new AddCheckpoint(5, await SignedTree.ProofOf(4, 6), await tree.Note(6)).ToString(), 422, Plain, null),
            ("proof for the same size", new AddCheckpoint(5, [new byte[32]], await tree.Note(5)).ToString(), 422, Plain, null),
            ("another history", new AddCheckpoint(5, await SignedTree.ProofOf(5, 6), tree.Note(6, new byte[32])).ToString(), 422, Plain, null),
            ("too long", $"{await tree.Request(5, 6)}{new string('x', AddCheckpoint.MostBytes)}", 413, Plain, null),
        ];
        var wrong = new List<string>();
        foreach (var row in table)
        {
            var answer = await witness.Add(row.Asked);
            if ((answer.Status, answer.MediaType) != (row.Status, row.MediaType) || (row.Body ?? answer.Body) != answer.Body) wrong.Add($"{row.Name}: {answer}");
        }

        Assert.True(wrong is [], string.Join(Environment.NewLine, wrong));
        Assert.Equal(200, (await witness.Add((await tree.Request(5, 5)).ToString())).Status);
        Assert.Equal(200, (await witness.Add((await tree.Request(5, 6)).ToString())).Status);
    }

    [Fact]
    public async Task the_empty_tree_has_one_root()
    {
        await using var witness = await WitnessProcess.Start(directory, "http://127.0.0.1:0", tree.Key);
        Assert.Equal(422, (await witness.Add(new AddCheckpoint(0, [], tree.Note(0, new byte[32])).ToString())).Status);
        Assert.Equal(422, (await witness.Add(new AddCheckpoint(0, [new byte[32]], await tree.Note(1)).ToString())).Status);
        Assert.Equal(200, (await witness.Add((await tree.Request(0, 0)).ToString())).Status);
    }

    [Fact]
    public async Task a_second_one_on_the_same_directory_does_not_start()
    {
        await using var witness = await WitnessProcess.Start(directory, "http://127.0.0.1:0", tree.Key);
        var (code, output) = await Running.Verb("witness", WitnessProcess.Environment(directory, "http://127.0.0.1:0", witness.Key.Name, tree.Key));
        Assert.Equal(2, code);
        Assert.Contains("Witness:Directory", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Witness__Name", "two words", "Witness:Name")]
    [InlineData("Witness__Name", "other.example", "Witness:Key")]
    [InlineData("Witness__Key", "/nowhere", "Witness:Key")]
    [InlineData("Witness__Directory", "", "Witness:Directory")]
    [InlineData("Witness__Logs__0", "log.example+00000000+AQ==", "Witness:Logs:0")]
    [InlineData("Witness__Logs__0", null, "Witness:Logs")]
    public async Task names_what_is_wrong_with_its_settings(string name, string? value, string named)
    {
        KeyFile.Create(Path.Combine(directory, "key"), "witness.example", NoteAlgorithm.Cosignature);
        var environment = WitnessProcess.Environment(directory, "http://127.0.0.1:0", "witness.example", tree.Key);
        environment[name] = value;
        var (code, output) = await Running.Verb("witness", environment);
        Assert.Equal(2, code);
        Assert.StartsWith("The configuration is not complete:", output, StringComparison.Ordinal);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
