namespace Veteran.Models;

/// <summary>A row of a view.</summary>
public class RideStatistics
{
    public int RideId { get; set; }

    public int Riders { get; set; }
}
