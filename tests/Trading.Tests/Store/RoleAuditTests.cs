using Npgsql;
using Trading.Store;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Store;

public sealed class RoleAuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task roles_as_the_scripts_make_them_have_no_weakness()
    {
        await using var database = await Database.Create("audited");
        await using var owner = database.OpenAsOwner();
        Assert.Empty(await RoleAudit.Weaknesses(owner, "trading_owner", "trading_app", Ct));
    }

    [Fact]
    public async Task each_weakness_is_named_with_what_mends_it()
    {
        await using var database = await Database.Create("weak");
        await using var administrator = NpgsqlDataSource.Create(database.Administrator);
        var (owner, application) = ($"{database.Name}_owner", $"{database.Name}_app");
        try
        {
            await Run($"create role {owner} createdb createrole; create role {application}; grant pg_monitor to {owner}; grant {owner} to {application}");
            await Run($"grant temporary, create on database {database.Name} to {application}; grant create on schema public to {application}");
            await Run($"create function public.lent() returns int language sql security definer set search_path = pg_catalog as 'select 1'");
            await Run($"alter role {application} set synchronous_commit = off; alter role {application} in database {database.Name} set search_path = pg_temp");
            await Run($"create table public.taken(); alter table public.taken owner to {application}");
            var weaknesses = await RoleAudit.Weaknesses(administrator, owner, application, Ct);
            foreach (var part in (string[])
                [
                    $"alter role {owner} nocreaterole.", $"alter role {owner} nocreatedb.", $"revoke pg_monitor from {owner}.", $"revoke {owner} from {application}.",
                    $"revoke temporary on database {database.Name} from public, {application}.", $"revoke create on database {database.Name} from public, {application}.",
                    $"revoke create on schema public from public, {application}.", $"{application} owns table taken.",
                    $"(synchronous_commit=off). An administrator should run: alter role {application} reset all.", $"(search_path=pg_temp). An administrator should run: alter role {application} in database {database.Name} reset all.", "The function lent() lends its owner's rights",
                ])
                Assert.Contains(weaknesses, weakness => weakness.Contains(part, StringComparison.Ordinal));
        }
        finally
        {
            await Run($"drop owned by {application}, {owner}; drop role {application}, {owner}");
        }

        async Task Run(string statement)
        {
            await using var command = administrator.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
