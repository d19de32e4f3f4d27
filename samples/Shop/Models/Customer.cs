using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Shop.Models;

[Index(nameof(Email), IsUnique = true)]
public class Customer
{
    public int Id { get; set; }

    [MaxLength(254)]
    public required string Email { get; set; }

    [MaxLength(100)]
    public required string FullName { get; set; }

    public required Address Address { get; set; }

    public List<Order> Orders { get; } = [];
}
