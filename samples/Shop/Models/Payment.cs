using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Shop.Models;

public class Payment
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    [Precision(10, 2)]
    public decimal Amount { get; set; }

    [MaxLength(100)]
    public required string Reference { get; set; }

    public DateTimeOffset PaidAt { get; set; }
}
