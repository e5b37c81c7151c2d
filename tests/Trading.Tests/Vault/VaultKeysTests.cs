using Trading.Vault;
using Xunit;

namespace Trading.Tests.Vault;

public sealed class VaultKeysTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-vault-");

    [Fact]
    public void what_was_encrypted_is_read_again_also_after_a_new_key()
    {
        var first = VaultKeys.Open(directory.FullName);
        var bytes = first.Encrypt("digest", "opening");
        VaultKeys.Create(In("2"));

        var both = VaultKeys.Open(directory.FullName);

        Assert.NotEqual(first.Current, both.Current);
        Assert.Equal("opening", both.Decrypt("digest", first.Current, bytes));
        Assert.Equal("opening", both.Decrypt("digest", both.Current, both.Encrypt("digest", "opening")));
    }

    [Fact]
    public void nothing_of_the_value_shows_and_no_two_ciphertexts_are_alike()
    {
        var keys = VaultKeys.Open(directory.FullName);
        var (one, other) = (keys.Encrypt("digest", "opening"), keys.Encrypt("digest", "opening"));
        Assert.False(one.AsSpan().SequenceEqual(other));
        Assert.Equal(-1, one.AsSpan().IndexOf("opening"u8));
    }

    [Fact]
    public void a_changed_byte_another_rows_place_and_a_missing_key_are_refused()
    {
        var keys = VaultKeys.Open(directory.FullName);
        var bytes = keys.Encrypt("digest", "opening");
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => keys.Decrypt("digest", keys.Current, changed));
        }

        Assert.Throws<InvalidDataException>(() => keys.Decrypt("other", keys.Current, bytes));
        Assert.Throws<InvalidDataException>(() => keys.Decrypt("digest", "9", bytes));
        Assert.Throws<InvalidDataException>(() => keys.Decrypt("digest", keys.Current, bytes[..10]));
    }

    [Fact]
    public void a_key_that_others_can_read_or_that_is_none_is_refused()
    {
        VaultKeys.Open(directory.FullName);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(In("1")));
        File.SetUnixFileMode(In("1"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("0400", Assert.Throws<InvalidDataException>(() => VaultKeys.Open(directory.FullName)).Message, StringComparison.Ordinal);

        File.Delete(In("1"));
        File.WriteAllText(In("1"), Convert.ToBase64String(new byte[31]));
        File.SetUnixFileMode(In("1"), UnixFileMode.UserRead);
        Assert.Contains("holds no key", Assert.Throws<InvalidDataException>(() => VaultKeys.Open(directory.FullName)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private string In(string name) => Path.Combine(directory.FullName, name + VaultKeys.Extension);
}
