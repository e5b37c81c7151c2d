using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Trading.Http;
using Trading.Kernel;
using Trading.Store;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Trading.Ops;

/// <summary>
/// A clock that is set, for trials: it stands where it was put, or runs on from there, over restarts, and never goes back within a
/// database. Until it is first set it shows the time of day. Other nodes see within a second that it was put.
/// </summary>
public sealed class SandboxClock([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database) : TimeProvider
{
    private static readonly TimeSpan validity = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Setting? setting;
    private DateTimeOffset? readAt;

    public static readonly Wording GoesBack = new(
        "沙箱时钟不能早于已记录的最后时间。", "The clock does not go back behind what has been recorded.");

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            if (readAt is null || System.GetUtcNow() - readAt > validity) Look();

            return setting switch
            {
                null => System.GetUtcNow(),
                { Runs: true } running => running.Now + (System.GetUtcNow() - running.SetAt),
                { } standing => standing.Now,
            };
        }
    }

    /// <summary>Puts the clock; false when that would take it back.</summary>
    public async Task<bool> Set(DateTimeOffset now, bool runs, CancellationToken ct)
    {
        var set = new Setting(now.ToUniversalTime(), runs, System.GetUtcNow());
        await using var command = database.CreateCommand(
            $"""
            insert into intake.sandbox_clock (id, now, runs, set_at)
            select 1, $1, $2, $3
            where $1 >= coalesce((select max(timestamp) from {StoreSetup.EventSchema}.mt_events), '-infinity')
            on conflict (id) do update set now = excluded.now, runs = excluded.runs, set_at = excluded.set_at
            where sandbox_clock.now <= excluded.now
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = set.Now });
        command.Parameters.Add(new NpgsqlParameter { Value = set.Runs });
        command.Parameters.Add(new NpgsqlParameter { Value = set.SetAt });
        if (await command.ExecuteNonQueryAsync(ct) is 0) return false;
        lock (gate) (setting, readAt) = (set, System.GetUtcNow());
        return true;
    }

    public static Table Table()
    {
        var table = new Table(new PostgresqlObjectName("intake", "sandbox_clock", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("id", "integer").AsPrimaryKey();
        table.AddColumn("now", "timestamptz").NotNull();
        table.AddColumn("runs", "boolean").NotNull();
        table.AddColumn("set_at", "timestamptz").NotNull();
        return table;
    }

    private void Look()
    {
        try
        {
            setting = Read();
        }
        catch (NpgsqlException) when (readAt is not null)
        {
            // without the database it goes on as it was put last
        }

        readAt = System.GetUtcNow();
    }

    private Setting? Read()
    {
        using var command = database.CreateCommand("select now, runs, set_at from intake.sandbox_clock where id = 1");
        using var row = command.ExecuteReader();
        return row.Read() ? new Setting(row.GetFieldValue<DateTimeOffset>(0), row.GetBoolean(1), row.GetFieldValue<DateTimeOffset>(2)) : null;
    }

    private sealed record Setting(DateTimeOffset Now, bool Runs, DateTimeOffset SetAt);
}

/// <summary>Where the sandbox clock is put.</summary>
/// <param name="Runs">Whether it goes on from there; it stands otherwise.</param>
public sealed record ClockBody(DateTimeOffset Now, bool Runs = false);

public static class SandboxHttp
{
    public static void AddClock(this WebApplicationBuilder builder, Settings settings)
    {
        if (!settings.Sandbox)
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            return;
        }

        builder.Services.AddSingleton<SandboxClock>();
        builder.Services.AddSingleton<TimeProvider>(services => services.GetRequiredService<SandboxClock>());
    }

    public static void MapSandboxClock(this WebApplication app) => app
        .MapPost("/v1/sandbox/clock", async (HttpContext http, SandboxClock clock) =>
        {
            ClockBody? body;
            try
            {
                body = JsonSerializer.Deserialize<ClockBody>(BodyGate.BodyOf(http).Span, WireJson.Strict);
            }
            catch (JsonException invalid)
            {
                await BodyErrors.Problem(http, [BodyErrors.Of(invalid)]).Write(http);
                return;
            }

            if (body is null)
                await Problem.Of(http, ProblemKind.Validation).Write(http);
            else if (await clock.Set(body.Now, body.Runs, http.RequestAborted))
                await http.Response.WriteAsJsonAsync(body with { Now = LegalTime.Here(clock.GetUtcNow()) }, WireJson.Stored, http.RequestAborted);
            else
                await Problem.Of(http, ProblemKind.WrongStage, SandboxClock.GoesBack).Write(http);
        })
        .RequireAuthorization(policy => policy.RequireClaim(Role.Claim, Role.Operator));
}
