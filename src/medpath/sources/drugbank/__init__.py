"""The open vocabulary of DrugBank: names of substances."""
