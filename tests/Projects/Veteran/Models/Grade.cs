using System.ComponentModel.DataAnnotations;

namespace Veteran.Models;

public class Grade
{
    public int Id { get; set; }

    [Required]
    [MaxLength(40)]
    public string Name { get; set; } = "";

    public int? MinimumSpeed { get; set; }
}
