namespace MigrationsBuild.Database.Tests;

/// <summary>Waits for conditions that become true later.</summary>
internal static class Eventually
{
    /// <summary>Waits until a condition holds; after a minute the test fails.</summary>
    public static void Holds(Func<bool> condition, Func<string>? otherwise = null)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (!condition())
        {
            Assert.IsLessThan(deadline, DateTime.UtcNow, otherwise?.Invoke() ?? "It didn't happen.");
            Thread.Sleep(50);
        }
    }
}
