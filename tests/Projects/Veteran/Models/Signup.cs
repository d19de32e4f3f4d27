namespace Veteran.Models;

public class Signup
{
    public int RideId { get; set; }

    public Ride? Ride { get; set; }

    public int MemberId { get; set; }

    public Member? Member { get; set; }

    public bool BringsGuest { get; set; }

    public int Seats { get; set; } = 1;

    public string? Comment { get; set; }
}
