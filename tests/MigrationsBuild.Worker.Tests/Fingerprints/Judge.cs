using Microsoft.CodeAnalysis;
using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Tasks.Fingerprints;
using MigrationsBuild.Testing;
using MigrationsBuild.Worker.Tests.Answers;

namespace MigrationsBuild.Worker.Tests.Fingerprints;

/// <summary>Compiles an application with edits, and has the fingerprint and the worker decide what they change.</summary>
internal sealed class Judge : IDisposable
{
    private readonly EditedApplication _application;
    private readonly TestFolder _folder = new();

    /// <summary>A judge of an application.</summary>
    /// <param name="application">The application.</param>
    public Judge(EditedApplication application)
    {
        _application = application;
        foreach (var extension in new[] { ".deps.json", ".runtimeconfig.json" })
            File.Copy(Path.ChangeExtension(Fixture.Shop.AssemblyPath, extension), _folder["Shop" + extension]);
    }

    /// <summary>The number of workers that were asked.</summary>
    public int Starts { get; private set; }

    /// <summary>The fingerprint with edits; <see langword="null"/> if they don't compile.</summary>
    public string? FingerprintOf(IReadOnlyDictionary<SyntaxTree, SyntaxTree> edits) => _application.TryWrite(edits, _folder.Path)
        ? ModelFingerprint.Of(_folder["Shop.dll"], [_folder["Shop.Domain.dll"]]).Fingerprint
        : null;

    /// <summary>
    /// The worker's answer with edits to a request for everything: differences of the models, the SQL of all migrations, entities and
    /// connections.
    /// </summary>
    /// <returns>The answer as text; <see langword="null"/> if the edits don't compile.</returns>
    public string? AnswerOf(IReadOnlyDictionary<SyntaxTree, SyntaxTree> edits)
    {
        if (!_application.TryWrite(edits, _folder.Path))
            return null;
        Starts++;
        var start = Fixture.Shop.Ask(
            request => request with { Emission = EmissionScope.All, ListEntities = true, WantsConnections = true },
            metadata =>
            {
                metadata["AssemblyPath"] = _folder["Shop.dll"];
                metadata["DepsPath"] = _folder["Shop.deps.json"];
                metadata["RuntimeConfigPath"] = _folder["Shop.runtimeconfig.json"];
            });
        var connections = start.Connections.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.ToString());
        return MessagePipe.Text(start.Answer.ToMessages()) + string.Join('\n', connections);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
