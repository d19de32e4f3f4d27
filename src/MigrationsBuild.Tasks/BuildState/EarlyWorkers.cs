namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// The workers that this build has started before it compiles. MSBuild disposes them with the build, also after a failed compilation or
/// a cancellation. If MSBuild itself dies, they exit because their standard input ends.
/// </summary>
/// <remarks>Each is a <c>RunningWorker</c>.</remarks>
internal sealed class EarlyWorkers : IDisposable
{
    private readonly Dictionary<string, IDisposable> _workers = [];

    /// <summary>Adds a worker, unless the project has one already.</summary>
    /// <param name="stateFolder">The package's own folder below <c>obj</c>, which identifies the project.</param>
    /// <param name="start">Starts the worker.</param>
    public void Add(string stateFolder, Func<IDisposable> start)
    {
        lock (_workers)
        {
            if (!_workers.ContainsKey(stateFolder))
                _workers.Add(stateFolder, start());
        }
    }

    /// <summary>Removes the worker of a project. The caller disposes it.</summary>
    /// <param name="stateFolder">The package's own folder below <c>obj</c>.</param>
    public IDisposable? Take(string stateFolder)
    {
        lock (_workers)
        {
            if (!_workers.TryGetValue(stateFolder, out var worker))
                return null;
            _workers.Remove(stateFolder);
            return worker;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_workers)
        {
            foreach (var worker in _workers.Values)
                worker.Dispose();
            _workers.Clear();
        }
    }
}
