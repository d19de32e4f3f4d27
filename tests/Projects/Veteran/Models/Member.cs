using System.ComponentModel.DataAnnotations;

namespace Veteran.Models;

public class Member
{
    public int Id { get; set; }

    [Required]
    [MaxLength(120)]
    public string Name { get; set; } = "";

    [Required]
    public string Email { get; set; } = "";

    public DateTime Joined { get; set; }

    public DateOnly? Left { get; set; }

    public ICollection<Ride> Leads { get; } = new List<Ride>();
}
