-- The two roles and the database. Read at every start, so that the next one completes a start cut short.

\set ON_ERROR_STOP on
\getenv owner_password owner_password
\getenv app_password app_password

SET log_min_error_statement = panic;  -- a statement that fails is logged, and these carry passwords
SET log_statement = none;
SET client_min_messages = warning;

SELECT format('CREATE ROLE %I', role) FROM unnest(ARRAY['trading_owner', 'trading_app']) role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

ALTER ROLE trading_owner LOGIN CREATEDB CREATEROLE PASSWORD :'owner_password';
ALTER ROLE trading_app   LOGIN PASSWORD :'app_password';

SELECT 'CREATE DATABASE trading OWNER trading_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'trading') \gexec
