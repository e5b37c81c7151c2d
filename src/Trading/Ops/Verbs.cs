using System.ComponentModel.DataAnnotations;
using Trading.Log.Notes;
using Trading.Store.Schema;

namespace Trading.Ops;

/// <summary>What the program can be told to do.</summary>
public static class Verbs
{
    private const string Usage = """
        Usage: Trading [verb]

          serve          answer requests (the usual)
          migrate [--rebuild]
                         bring the database's schema up to date, give the application's role its rights, and name the views that have to be
                         rebuilt, or rebuild them at once
          demonstrate    fill an empty database with three complete procedures
          rebuild VIEW   make a view anew from the events, while the service runs; "all" for every one, "changed" for those that
                         a migration has named
          openapi FILE   write the OpenAPI document
          import-legacy FILE SERVICE TOKENS
                         post a former system's notices to a running service
          verify DIRECTORY VKEY... [--keys DIRECTORY] [--older FILE]... [--witness VKEY]... [--database [--vault DIRECTORY]]
                         check a published log by its public keys, and with it all that its database holds
          replay --packs DIRECTORY [--calendars DIRECTORY]
                         judge every procedure again by other rule packs, and print what would have been refused
          witness        cosign the checkpoints of logs, as Witness:* configures; needs no database
          log-resume [--new-log | --remake-trees]
                         let the log go on after its database was put right, make its trees anew from its leaves, or begin a new one (ops/log.md)
          log-key FILE NAME ed25519|cosignature|sm2
                         make a key that signs a log's checkpoints, or a witness's, and print its public form
          help           this
        """;

    public static async Task<int> Run(string[] args)
    {
        try
        {
            switch (args)
            {
                case [] or ["serve", ..] or [['-', ..], ..]:
                    var options = args is ["serve", .. var rest] ? rest : args;
                    await Sharing.Check(Settings.Read(Composition.Configuration(options)));
                    await using (var app = Composition.Build(options)) await app.RunAsync();
                    return 0;
                case ["migrate"]:
                    await Migration.Run(Settings.Read(Composition.Configuration()));
                    return 0;
                case ["migrate", "--rebuild"]:
                    await Migration.Run(Settings.Read(Composition.Configuration()));
                    return await Rebuild.Run(Settings.Read(Composition.Configuration()), Rebuild.Changed);
                case ["rebuild", var view]:
                    return await Rebuild.Run(Settings.Read(Composition.Configuration()), view);
                case ["demonstrate"]:
                    return await Demonstration.Run();
                case ["openapi", var file]:
                    await Documents.Write(file);
                    return 0;
                case ["import-legacy", var file, var service, var tokens]:
                    return await LegacyImport.Run(file, new Uri(service), tokens);
                case ["verify", .. var arguments]:
                    return await Verification.Run(arguments);
                case ["replay", .. var arguments]:
                    return await Replays.Run(arguments);
                case ["witness"]:
                    await using (var witness = WitnessMode.Build()) await witness.RunAsync();
                    return 0;
                case ["log-resume"] or ["log-resume", "--new-log" or "--remake-trees"]:
                    return await LogResume.Run(Settings.Read(Composition.Configuration()), anew: args.Contains("--new-log"), remake: args.Contains("--remake-trees"));
                case ["log-key", var file, var name, var algorithm] when LogKey.Algorithms.TryGetValue(algorithm, out var kind) && NoteSignature.IsName(name):
                    return LogKey.Make(file, name, kind);
                default:
                    Console.Error.WriteLine(Usage);
                    return args is ["help"] ? 0 : 2;
            }
        }
        catch (SchemaException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
        catch (ValidationException invalid)
        {
            Console.Error.WriteLine($"The configuration is not complete:{Environment.NewLine}{invalid.Message}");
            return 2;
        }
    }
}
