-- Which version of each view the database holds. built_at is null from the migration that asks for another version until the rebuild is done.

create table migration.view (
    name text primary key,
    version integer not null,
    built_at timestamptz,
    built_by text,
    check ((built_at is null) = (built_by is null)));
