namespace Upgrade8.Models;

public readonly record struct Money(decimal Amount, string Currency);
