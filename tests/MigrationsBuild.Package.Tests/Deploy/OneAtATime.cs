namespace MigrationsBuild.Package.Tests.Deploy;

/// <summary>
/// Tests that share <see cref="ShopRepository.Shared"/>, which some of them change: one of them runs at a time, beside other tests.
/// </summary>
public abstract class OneAtATime
{
    private static readonly SemaphoreSlim _turn = new(1);

    [TestInitialize]
    public void Enter() => _turn.Wait();

    [TestCleanup]
    public void Leave() => _turn.Release();
}
