using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Catalogs;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>The statements for the differences of a database, which have been executed on a scratch database.</summary>
/// <param name="Differences">The differences.</param>
/// <param name="Up">The statements that bring the differences into the history.</param>
/// <param name="Down">The statements that revert these.</param>
/// <param name="NotWritten">The differences that these statements leave.</param>
/// <param name="MissingRoles">The roles that the scratch server doesn't have. Their privileges are not written.</param>
/// <param name="Undo">The script that undoes the differences in the database.</param>
internal sealed record SchemaDraft(
    IReadOnlyList<CatalogDifference> Differences,
    IReadOnlyList<string> Up,
    IReadOnlyList<string> Down,
    IReadOnlyList<CatalogDifference> NotWritten,
    IReadOnlyList<string> MissingRoles,
    CatalogScript Undo)
{
    /// <summary>Writes the statements, and executes them on the scratch database, which has the expected objects.</summary>
    /// <param name="scratch">The scratch database.</param>
    /// <param name="expected">The expected objects.</param>
    /// <param name="actual">The objects of the database.</param>
    /// <param name="isLeftOut">Whether an object is left out.</param>
    /// <exception cref="MigrationsException">A statement failed.</exception>
    public static async Task<SchemaDraft> CreateAsync(
        ScratchDatabase scratch,
        Catalog expected,
        Catalog actual,
        Func<CatalogObject, bool> isLeftOut,
        CancellationToken cancellation)
    {
        async Task<Catalog> ExecuteAsync(IReadOnlyList<string> statements)
        {
            try
            {
                await scratch.ExecuteTogetherAsync(statements, cancellation);
            }
            catch (SqlFailure failure)
            {
                throw new MigrationsException(
                    DiagnosticCodes.SqlFailed,
                    $"The SQL for the differences fails on a scratch database, so nothing was written: {failure.Message}: "
                    + $"{failure.Command?.Text.Split('\n')[0]}",
                    inner: failure);
            }

            return (await scratch.ReadCatalogAsync(cancellation)).Without(isLeftOut);
        }

        var objects = scratch.Session.Database.Objects;
        var roles = await scratch.Session.Database.ReadRolesAsync(cancellation);
        var missingRoles = actual.Objects.SelectMany(objects.Roles).Distinct().Where(role => !roles.Contains(role)).ToList();
        var writable = actual.Without(one => objects.Roles(one).Any(missingRoles.Contains));
        var up = new CatalogScript(expected, writable, objects).Statements;
        var after = await ExecuteAsync(up);
        var down = new CatalogScript(after, expected, objects).Statements;
        var reverted = await ExecuteAsync(down);
        return new SchemaDraft(
            expected.DifferencesTo(actual),
            up,
            down,
            [.. after.DifferencesTo(actual).Concat(reverted.DifferencesTo(expected)).DistinctBy(difference => difference.Object.Key)],
            missingRoles,
            new CatalogScript(actual, expected, objects));
    }
}
