namespace MigrationsBuild.Sql;

/// <summary>The rules by which a database splits SQL into statements.</summary>
public enum SqlDialect
{
    /// <summary>Any other relational database, with the usual rules for quotes and comments.</summary>
    Other,

    /// <summary>PostgreSQL, by psql's rules.</summary>
    PostgreSql,

    /// <summary>SQLite, by the rules of <c>sqlite3_complete</c>.</summary>
    Sqlite,
}

/// <summary>The dialects of EF Core's providers.</summary>
public static class SqlDialects
{
    /// <summary>The name of the PostgreSQL provider.</summary>
    public const string NpgsqlProvider = "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>The name of the SQLite provider.</summary>
    public const string SqliteProvider = "Microsoft.EntityFrameworkCore.Sqlite";

    /// <summary>The name of the SQL Server provider.</summary>
    public const string SqlServerProvider = "Microsoft.EntityFrameworkCore.SqlServer";

    /// <summary>The dialect of a provider.</summary>
    /// <param name="provider">The value of <c>Database.ProviderName</c>.</param>
    public static SqlDialect OfProvider(string provider) => provider switch
    {
        NpgsqlProvider => SqlDialect.PostgreSql,
        SqliteProvider => SqlDialect.Sqlite,
        _ => SqlDialect.Other,
    };
}
