using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Application;

/// <summary>
/// Explains why there is no report on a context: it can't be created, its model can't be built, or its migrations can't be compared with
/// that model.
/// </summary>
internal sealed class ContextFailure(ContextFinder finder, SourceMap source, string assemblyPath)
{
    /// <summary>The finding for an exception that was thrown while the report was created.</summary>
    public Diagnostic Explain(Type type, Exception failure)
    {
        var userCode = new UserCode(assemblyPath, source);
        var name = type.ShortName();
        var (text, location) = userCode.Describe(failure);
        if (IsOfModel(failure))
        {
            return new Diagnostic(
                DiagnosticCodes.NoVerdict,
                $"The model of {name} can't be built: {text}. Fix the entity classes or OnModelCreating",
                location ?? source.LocationOf(type));
        }

        if (!IsCreated(type))
        {
            var finding = NoVerdictDiagnostics.CreateForException(name, failure, assemblyPath, userCode);
            return finding with { Location = finding.Location ?? source.LocationOf(type) };
        }

        return new Diagnostic(
            DiagnosticCodes.Unreadable,
            $"The migrations of {name} can't be compared with its model: {text}. "
            + "Restore the migrations' C# files from version control.",
            new Hint("If the newest migration is a draft, discard it", VerbTable.Discard),
            location ?? SnapshotPlace(type));
    }

    /// <summary>Whether EF Core was building the model. The first use of a context does that.</summary>
    private static bool IsOfModel(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (new StackTrace(failure).GetFrames().Any(IsOfModelSource))
                return true;
        }

        return false;
    }

    private static bool IsOfModelSource(StackFrame frame) =>
        frame.GetMethod()?.DeclaringType is { } type && typeof(IModelSource).IsAssignableFrom(type);

    private bool IsCreated(Type type)
    {
        try
        {
            using var context = finder.Create(type);
            return context.Database.ProviderName is not null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return false;
        }
    }

    private Location? SnapshotPlace(Type type)
    {
        using var context = finder.Create(type);
        return source.LocationOf(context.GetService<IMigrationsAssembly>().ModelSnapshot?.GetType() ?? type);
    }
}
