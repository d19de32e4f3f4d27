
namespace MigrationsBuild.Contexts;

/// <summary>How a missing PostgreSQL database is created, as the context and its model configure it.</summary>
/// <param name="AdminDatabase">The database to connect to meanwhile, of <c>UseAdminDatabase</c>; empty for the server's usual ones.</param>
/// <param name="Template">The template, of <c>UseDatabaseTemplate</c>; empty for the server's default.</param>
/// <param name="Collation">The collation, of <c>UseCollation</c>; empty for the template's.</param>
/// <param name="Tablespace">The tablespace, of <c>UseTablespace</c>; empty for the template's.</param>
public sealed record DatabaseCreation(string AdminDatabase = "", string Template = "", string Collation = "", string Tablespace = "");
