using Microsoft.EntityFrameworkCore.Migrations;

namespace Stripped.Migrations;

/// <summary>SQL that is embedded from <c>Migrations/Scripts</c>.</summary>
internal static class MigrationScript
{
    public static void SqlScript(this MigrationBuilder migrationBuilder, string name)
    {
        var assembly = typeof(MigrationScript).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith($".Scripts.{name}.sql", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
