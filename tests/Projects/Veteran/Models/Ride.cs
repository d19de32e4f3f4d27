using System.ComponentModel.DataAnnotations;

namespace Veteran.Models;

public class Ride
{
    public int Id { get; set; }

    [Required]
    public string Name { get; set; } = "";

    public DateTime StartsAt { get; set; }

    public double Kilometres { get; set; }

    public double Miles { get; private set; }

    public int? GradeId { get; set; }

    public Grade? Grade { get; set; }

    public int? LeaderId { get; set; }

    public Member? Leader { get; set; }
}
