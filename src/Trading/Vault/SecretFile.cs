namespace Trading.Vault;

/// <summary>A secret in a file that its owner alone may read (mode 0400), or in one that systemd hands over (<c>LoadCredential</c>).</summary>
public static class SecretFile
{
    /// <summary>Keeps it in a new file, written through to the disk.</summary>
    /// <exception cref="IOException">The file is there already.</exception>
    public static void Create(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead;
        using var stream = new FileStream(file, options);
        using var writer = new StreamWriter(stream);
        writer.WriteLine(text);
        writer.Flush();
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Makes a directory that its owner alone may enter; one that is there stays as it is.</summary>
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <exception cref="InvalidDataException">Others may read it.</exception>
    public static string Read(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~Permitted(file)) is not 0)
            throw new InvalidDataException($"{file} is open to others than its owner; its mode should be 0400.");
        return File.ReadAllText(file).Trim();
    }

    // systemd keeps others out by the directory, and gives the service its access by a list that shows as a right of the group
    private static UnixFileMode Permitted(string file) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } handedOver && Path.GetDirectoryName(Path.GetFullPath(file)) == Path.GetFullPath(handedOver)
            ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
            : UnixFileMode.UserRead | UnixFileMode.UserWrite;
}
