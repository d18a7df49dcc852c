"""A loopback server that responds with the examples of a description, and checks requests and examples with openapi-core.

    python responses.py DESCRIPTION

The first line of its output is its port. It responds to a call of `/409/api/v2/...` with the example of status 409. If
openapi-core finds problems in the request or the example, the status is 500, which no operation documents, and the body has
one line per problem. The server ends when its standard input is closed.
"""

import json
import sys
import threading
from wsgiref.util import shift_path_info

from openapi_core import Config, OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Judge:
    """Checks requests and responses against a description."""

    def __init__(self, path: str):
        # Reject undescribed fields: otherwise a misspelt field would not be noticed.
        self.openapi = OpenAPI.from_file_path(path, config=Config(additional_properties_default_policy="forbid"))
        self.spec = self.openapi.spec
        host = (self.spec / "servers" / 0 / "url").read_str().removeprefix("https://")
        self.origin = {"HTTP_HOST": host, "wsgi.url_scheme": "https"}
        self.routes = Map(
            [
                Rule(path.replace("{", "<").replace("}", ">"), methods=[method], endpoint=operation)
                for path, item in (self.spec / "paths").items()
                for method, operation in item.items()
                if method in METHODS
            ]
        )

    def request(self, environ: dict, path: str) -> Request:
        """Returns the request as it would reach the server of the description."""
        return Request(environ | self.origin | {"SCRIPT_NAME": "", "PATH_INFO": path})

    def request_problems(self, request: Request) -> list[str]:
        result = self.openapi.unmarshal_request(WerkzeugOpenAPIRequest(request))
        problems = [explain(error) for error in result.errors]
        # openapi-core reads the described parameters and ignores others.
        unread = set(request.args) - set(result.parameters.query)
        return problems or [f"no parameter is called {name}" for name in sorted(unread)]

    def response_problems(self, request: Request, response: Response) -> list[str]:
        errors = self.openapi.iter_response_errors(
            WerkzeugOpenAPIRequest(request), WerkzeugOpenAPIResponse(response)
        )
        return [explain(error) for error in errors]

    def example(self, request: Request, status: str) -> Response:
        """Returns the documented response."""
        operation, _ = self.routes.bind(request.host).match(request.path, request.method)
        documented = operation / "responses" / status
        if "content" not in documented.keys():
            return Response(status=int(status), content_type=None)
        ((media_type, content),) = (documented / "content").items()
        example = (content / "example").read_value()
        return Response(json.dumps(example), int(status), content_type=media_type)

    def __call__(self, environ: dict, start_response):
        """Responds to a call, as a WSGI application."""
        status = shift_path_info(environ)
        return self.respond(self.request(environ, environ["PATH_INFO"]), status)(environ, start_response)

    def respond(self, request: Request, status: str) -> Response:
        if problems := self.request_problems(request):
            return refusal("the request is not valid", problems)
        try:
            response = self.example(request, status)
        except (HTTPException, KeyError) as error:
            return refusal("the description has no such response", [repr(error)])
        if problems := self.response_problems(request, response):
            return refusal("the example is not valid", problems)
        return response


def explain(error: OpenAPIError) -> str:
    """Returns the kind of an error and its causes, including the messages of the schema validator."""
    causes = [f"{type(error).__name__}: {error}"]
    causes += [cause.message for cause in getattr(error.__cause__, "schema_errors", [])]
    return "; ".join(causes).replace("\n", " ")


def refusal(what: str, problems: list[str]) -> Response:
    return Response("\n".join([what, *problems]), 500, content_type="text/plain")


class Quiet(WSGIRequestHandler):
    """Does not log requests."""

    def log_request(self, *_):
        pass


def main() -> None:
    _, path = sys.argv
    server = make_server("127.0.0.1", 0, Judge(path), threaded=True, request_handler=Quiet)
    print(server.port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
