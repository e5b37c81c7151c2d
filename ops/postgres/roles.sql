-- The two roles and the database. Read at every start, so that the next one completes a start cut short.

\set ON_ERROR_STOP on
\getenv owner_password owner_password
\getenv app_password app_password
\getenv tester_password tester_password

SET log_min_error_statement = panic;  -- a statement that fails is logged, and these carry passwords
SET log_statement = none;
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', role) FROM unnest(ARRAY['trading_owner', 'trading_app']) role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

-- Neither may make roles or databases, nor has it the rights of another role: who owns the schema owns nothing else.
ALTER ROLE trading_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE trading_app   LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'app_password';
SELECT format('REVOKE %s FROM %s', roleid::regrole, member::regrole) FROM pg_auth_members
 WHERE member IN ('trading_owner'::regrole, 'trading_app'::regrole) \gexec

-- Makes databases for tests and alters them as an administrator could. Clusters that serve have no such role.
\if :{?tester_password}
SELECT 'CREATE ROLE trading_tester' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'trading_tester') \gexec
ALTER ROLE trading_tester LOGIN SUPERUSER PASSWORD :'tester_password';
\endif

SELECT 'CREATE DATABASE trading OWNER trading_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'trading') \gexec
