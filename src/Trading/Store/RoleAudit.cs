using Npgsql;

namespace Trading.Store;

/// <summary>What makes the two roles stronger than they should be, as far as the owner can see it. It takes an administrator to mend it.</summary>
public static class RoleAudit
{
    private const string Question =
        """
        select format('Role %s is %s. An administrator should run: alter role %s no%s', rolname, attribute, quote_ident(rolname), attribute)
        from pg_catalog.pg_roles cross join lateral (values
            ('superuser', rolsuper), ('createrole', rolcreaterole), ('createdb', rolcreatedb), ('replication', rolreplication), ('bypassrls', rolbypassrls)) a (attribute, has)
        where rolname in ($1, $2) and has
        union all
        select format('Role %s has the rights of %s. An administrator should run: revoke %s from %s', m.rolname, r.rolname, quote_ident(r.rolname), quote_ident(m.rolname))
        from pg_catalog.pg_auth_members a join pg_catalog.pg_roles m on m.oid = a.member join pg_catalog.pg_roles r on r.oid = a.roleid where m.rolname in ($1, $2)
        union all
        select format('Role %s has settings of its own (%s). An administrator should run: alter role %s%s reset all', r.rolname, array_to_string(s.setconfig, ', '), quote_ident(r.rolname), ' in database ' || quote_ident(d.datname))
        from pg_catalog.pg_db_role_setting s join pg_catalog.pg_roles r on r.oid = s.setrole left join pg_catalog.pg_database d on d.oid = s.setdatabase where r.rolname in ($1, $2)
        union all
        select format('Role %s may make temporary objects. The owner of the database should run: revoke temporary on database %s from public, %s', $2, quote_ident(current_database()), quote_ident($2))
        where has_database_privilege($2, current_database(), 'temporary')
        union all
        select format('Role %s may make schemas. The owner of the database should run: revoke create on database %s from public, %s', $2, quote_ident(current_database()), quote_ident($2))
        where has_database_privilege($2, current_database(), 'create')
        union all
        select format('Role %s may make objects in the schema %s. Its owner should run: revoke create on schema %s from public, %s', $2, nspname, quote_ident(nspname), quote_ident($2))
        from pg_catalog.pg_namespace where nspname !~ '^pg_' and has_schema_privilege($2, oid, 'create')
        union all
        select format('Role %s owns %s. It should own nothing', $2, pg_describe_object(classid, objid, objsubid))
        from pg_catalog.pg_shdepend d where refobjid = (select oid from pg_catalog.pg_roles where rolname = $2) and deptype = 'o'
            and classid <> 'pg_largeobject'::regclass and dbid in (0, (select oid from pg_catalog.pg_database where datname = current_database()))
        union all
        select format('The extension %s reaches other servers, files or programs. It has no place in this database', extname)
        from pg_catalog.pg_extension where extname in ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack') or extname ~ '^pl(perlu|python.*u|tclu|sh)$'
        union all
        select format('The function %s lends its owner''s rights and searches temporary objects first', p.oid::regprocedure)
        from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and coalesce(array_to_string(p.proconfig, ';'), '') !~ 'search_path=[^;]*pg_temp"?(;|$)'
        """;

    /// <returns>One line for each weakness, with what mends it.</returns>
    public static async Task<IReadOnlyList<string>> Weaknesses(NpgsqlDataSource database, string owner, string application, CancellationToken ct = default)
    {
        await using var command = database.CreateCommand(Question);
        command.Parameters.Add(new NpgsqlParameter { Value = owner });
        command.Parameters.Add(new NpgsqlParameter { Value = application });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var weaknesses = new List<string>();
        while (await reader.ReadAsync(ct)) weaknesses.Add(reader.GetString(0) + ".");
        return weaknesses;
    }
}
