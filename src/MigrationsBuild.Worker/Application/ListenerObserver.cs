using System.Diagnostics;

namespace MigrationsBuild.Worker.Application;

/// <summary>Receives the events of all DiagnosticListeners of a name.</summary>
/// <param name="listenerName">The name.</param>
internal abstract class ListenerObserver(string listenerName) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>Receives an event, on the thread that announces it.</summary>
    protected abstract void OnEvent(string name, object? value);

    /// <summary>Receives the subscription to a listener.</summary>
    protected virtual void OnSubscribed(IDisposable subscription)
    {
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (listener.Name == listenerName)
            OnSubscribed(listener.Subscribe(this));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> announcement) =>
        OnEvent(announcement.Key, announcement.Value);

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
