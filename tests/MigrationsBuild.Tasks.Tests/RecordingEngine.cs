using System.Collections;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MigrationsBuild.Tasks.Tests;

/// <summary>An MSBuild engine that records the events of tasks.</summary>
internal sealed class RecordingEngine : IBuildEngine8
{
    private readonly Dictionary<object, object> _objects = [];

    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    public Dictionary<string, string> GlobalProperties { get; } = [];

    /// <summary>The codes whose warnings MSBuild makes errors of.</summary>
    public HashSet<string> Promoted { get; } = [];

    /// <summary>The lines that are visible at MSBuild's default verbosity.</summary>
    public IEnumerable<string> Lines =>
        Messages.Where(message => message.Importance == MessageImportance.High).Select(message => message.Message!);

    public bool AllowFailureWithoutError { get; set; }

    public bool IsRunningMultipleNodes => false;

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "MigrationsBuild.targets";

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => GlobalProperties;

    /// <summary>The build ends: MSBuild disposes what tasks have registered.</summary>
    public void End()
    {
        foreach (var registered in _objects.Values.OfType<IDisposable>())
            registered.Dispose();
    }

    // The runner's lines come in on other threads.
    public void LogErrorEvent(BuildErrorEventArgs e)
    {
        lock (Errors)
            Errors.Add(e);
    }

    public void LogWarningEvent(BuildWarningEventArgs e)
    {
        lock (Warnings)
            Warnings.Add(e);
    }

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        lock (Messages)
            Messages.Add(e);
    }

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
    }

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => _objects.GetValueOrDefault(key)!;

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) =>
        _objects[key] = obj;

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();

    /// <summary>The source files that the project says it compiles; none if it doesn't say.</summary>
    public IReadOnlyList<string> Compiled { get; set; } = [];

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs)
    {
        targetOutputs[targetNames.Single()] = Compiled.Select(path => new TaskItem(path)).ToArray<ITaskItem>();
        return true;
    }

    public bool BuildProjectFile(
        string projectFileName,
        string[] targetNames,
        IDictionary globalProperties,
        IDictionary targetOutputs,
        string toolsVersion) => throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IDictionary[] targetOutputsPerProject,
        string[] toolsVersion,
        bool useResultsCache,
        bool unloadProjectsOnCompletion) => throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IList<string>[] removeGlobalProperties,
        string[] toolsVersion,
        bool returnTargetOutputs) => throw new NotSupportedException();

    public bool ShouldTreatWarningAsError(string warningCode) => Promoted.Contains(warningCode);

    public void Yield()
    {
    }

    public void Reacquire()
    {
    }
}
